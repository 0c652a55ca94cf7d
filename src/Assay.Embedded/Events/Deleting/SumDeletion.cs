using Assay.Embedded.Events.Reading;
using Assay.Embedded.Events.Sums;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Deleting;

/// <summary>Deletes old sums, the finer ones sooner: a range of a week needs no minutes.</summary>
internal static class SumDeletion
{
    private static readonly TimeSpan MinutesKept = TimeSpan.FromDays(3);
    private static readonly TimeSpan QuartersKept = TimeSpan.FromDays(10);

    /// <summary>Deletes some rows of each series and width, and gives how many.</summary>
    public static long Step(SqliteConnection connection, EventWriter writer, DateTimeOffset before, DateTimeOffset now)
    {
        writer.CloseSums();
        var deleted = 0L;
        foreach (var width in SumKey.Widths)
        {
            var end = EndOf(width, before, now);
            RaiseMark(connection, writer.Counts, width, end);
            deleted += Enum.GetValues<Series>().Sum(series => Delete(connection, series, width, end));
        }

        return deleted;
    }

    /// <summary>
    /// Rows of a width are kept from behind the last that goes. The mark is only ever raised: were it the time up to which is deleted, a clock that ran ahead
    /// once would make coarse answers until that time comes.
    /// </summary>
    private static void RaiseMark(SqliteConnection connection, EventCounts counts, int width, long end)
    {
        using var last = new Statement(connection, "SELECT max(at) FROM sums WHERE series = ? AND minutes = ? AND at < ?");
        foreach (var series in Enum.GetValues<Series>())
        {
            if (last.Bind(1, (long)series).Bind(2, width).Bind(3, end).Step() && !last.IsNull(0))
            {
                var kept = KeptSums.CountOf(width);
                counts[kept] = Math.Max(counts[kept], last.Long(0) + width);
            }

            last.Reset();
        }
    }

    /// <summary>The minute before which rows of a width go: whole rows of it, none that reaches beyond.</summary>
    private static long EndOf(int width, DateTimeOffset before, DateTimeOffset now)
    {
        var kept = width switch
        {
            1 => Later(before, now - MinutesKept),
            15 => Later(before, now - QuartersKept),
            _ => before,
        };
        return SumKey.Floor(SumKey.MinuteOf(Nanos.Of(kept)), width);
    }

    /// <summary>Up to the time at which so many rows end; one more time when they all have the same.</summary>
    private static long Delete(SqliteConnection connection, Series series, int width, long end)
    {
        using var last = new Statement(connection, "SELECT at FROM sums WHERE series = ? AND minutes = ? AND at < ? ORDER BY at LIMIT 1 OFFSET ?");
        var upTo = last.Bind(1, (long)series).Bind(2, width).Bind(3, end).Bind(4, EventDeletion.StepRows).Step() ? last.Long(0) + 1 : end;
        using var delete = new Statement(connection, "DELETE FROM sums WHERE series = ? AND minutes = ? AND at < ?");
        return delete.Bind(1, (long)series).Bind(2, width).Bind(3, upTo).Run();
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
