using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>What the store holds, from the counts that are kept and the ends of indexes.</summary>
internal static class SizeReader
{
    public static EventStoreSize Read(SqliteConnection connection)
    {
        var counts = EventCounts.Read(connection);
        var oldest = Earlier(Oldest(connection), OldestOfExperiments(connection, counts));
        return new EventStoreSize(
            counts.GetValueOrDefault(EventCounts.Spans),
            counts.GetValueOrDefault(EventCounts.Traces),
            counts.GetValueOrDefault(EventCounts.Logs),
            counts.GetValueOrDefault(EventCounts.Scores),
            Bytes(connection),
            oldest is { } nanos ? Nanos.ToTime(nanos) : null
        )
        {
            Exposures = counts.GetValueOrDefault(EventCounts.Exposures),
            Outcomes = counts.GetValueOrDefault(EventCounts.Outcomes),
            Folded = counts.GetValueOrDefault(EventCounts.Folded),
            TooLate = counts.GetValueOrDefault(EventCounts.TooLate),
            OutOfTime = counts.GetValueOrDefault(EventCounts.OutOfTime),
        };
    }

    private static long? Oldest(SqliteConnection connection)
    {
        using var query = new Statement(
            connection,
            """
            SELECT min(oldest) FROM (
              SELECT min(start) AS oldest FROM request UNION ALL
              SELECT first_start FROM (SELECT first_start FROM trace ORDER BY last_end LIMIT 1) UNION ALL
              SELECT min(time) FROM log UNION ALL
              SELECT min(time) FROM score)
            """
        );
        return query.Step() && !query.IsNull(0) ? query.Long(0) : null;
    }

    /// <summary>What was deleted may still lie in a run; it is not there any more.</summary>
    private static long? OldestOfExperiments(SqliteConnection connection, Dictionary<string, long> counts)
    {
        using var query = new Statement(connection, "SELECT min(first_time) FROM experiment_run WHERE state = 0");
        var inRuns = query.Step() && !query.IsNull(0) ? query.Long(0) : long.MaxValue;
        var fresh = counts.GetValueOrDefault(EventCounts.ExperimentFresh) > 0 ? counts[EventCounts.ExperimentFreshFirst] : long.MaxValue;
        var oldest = Math.Min(inRuns, fresh);
        return oldest == long.MaxValue ? null : Math.Max(oldest, counts.GetValueOrDefault(EventCounts.DeletedBefore));
    }

    private static long? Earlier(long? a, long? b) => a is null || b < a ? b : a;

    /// <summary>The size of the file once its log is taken over: retention goes by it, and the log gives its room back late or never.</summary>
    private static long Bytes(SqliteConnection connection)
    {
        using var pages = new Statement(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
        return pages.Step() ? pages.Long(0) : 0;
    }
}
