using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Deleting;

/// <summary>Deletes the oldest log records or scores.</summary>
internal static class RecordDeletion
{
    public static long Step(SqliteConnection connection, EventWriter writer, string table, string count, long before)
    {
        using var delete = new Statement(
            connection,
            $"DELETE FROM {table} WHERE position IN (SELECT position FROM {table} WHERE time < ? ORDER BY time LIMIT ?)"
        );
        var deleted = delete.Bind(1, before).Bind(2, EventDeletion.StepRows).Run();
        writer.Counts[count] -= deleted;
        return deleted;
    }
}
