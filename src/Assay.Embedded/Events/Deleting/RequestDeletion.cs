using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Deleting;

/// <summary>Deletes the rows of requests whose trace is gone, from the oldest on; those of traces that still live stay.</summary>
internal static class RequestDeletion
{
    public static readonly (long Start, long Number)? Begin = (long.MinValue, long.MinValue);

    /// <summary>Looks at some rows after a mark, and gives the mark from which to go on; null at the end.</summary>
    public static (long Start, long Number)? Step(SqliteConnection connection, (long Start, long Number) after, long before)
    {
        using var rows = new Statement(
            connection,
            """
            SELECT r.start, r.number, t.id IS NULL FROM request r LEFT JOIN trace t ON t.id = r.trace
            WHERE (r.start, r.number) > (?, ?) AND r.start < ? ORDER BY r.start, r.number LIMIT ?
            """
        );
        rows.Bind(1, after.Start).Bind(2, after.Number).Bind(3, before).Bind(4, EventDeletion.StepRows);
        var seen = new List<(long Start, long Number, bool IsOrphan)>();
        while (rows.Step())
        {
            seen.Add((rows.Long(0), rows.Long(1), rows.Long(2) != 0));
        }

        using var delete = new Statement(connection, "DELETE FROM request WHERE start = ? AND number = ?");
        seen.FindAll(r => r.IsOrphan).ForEach(r => delete.Bind(1, r.Start).Bind(2, r.Number).Run());
        return seen.Count < EventDeletion.StepRows ? null : (seen[^1].Start, seen[^1].Number);
    }
}
