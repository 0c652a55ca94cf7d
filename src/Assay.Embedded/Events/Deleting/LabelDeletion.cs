using Assay.Embedded.Events.Sums;
using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Deleting;

/// <summary>Deletes labels and senders that nothing points to any more.</summary>
internal static class LabelDeletion
{
    /// <summary>Clocks of senders may be ahead of the store's: events live longer then than the note of their sender says.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    public static long Step(SqliteConnection connection, EventWriter writer, DateTimeOffset before)
    {
        using var labels = new Statement(
            connection,
            """
            DELETE FROM labels WHERE id IN (SELECT id FROM labels l WHERE last_hour < ?
              AND NOT EXISTS (SELECT 1 FROM request r WHERE r.labels = l.id) ORDER BY last_hour LIMIT ?)
            """
        );
        var hour = SumKey.HourOf(Nanos.Of(before));
        var deleted = labels.Bind(1, hour).Bind(2, EventDeletion.StepRows).Run();
        using var sources = new Statement(connection, "DELETE FROM source WHERE seen < ?");
        deleted += sources.Bind(1, LabelBook.SourceHour(before - Margin)).Run();
        writer.CloseLabels();
        return deleted;
    }
}
