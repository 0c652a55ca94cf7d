using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Deleting;

/// <summary>
/// The time before which events are refused, as they may have been deleted. It is only raised, and no further than behind the last event that goes: a clock
/// that ran ahead once must not have the store refuse what comes when it is right again.
/// </summary>
internal static class DeletionMark
{
    /// <summary>No clock that is right sets a mark in the future; so far it may be one of another machine.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(1);

    /// <summary>Events that ended so long ago may still be on their way.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMinutes(5);

    /// <summary>Raises the mark for a deletion of what ended before a time. To be done in the commit of each of its steps.</summary>
    public static void Raise(SqliteConnection connection, EventCounts counts, long before)
    {
        var last = Math.Max(LastOfEvents(connection, before), LastOfUnits(connection, counts, before));
        if (last > long.MinValue)
        {
            counts[EventCounts.DeletedBefore] = Math.Max(counts.Find(EventCounts.DeletedBefore) ?? long.MinValue, last + 1);
        }
    }

    /// <summary>Lowers a mark that lies in the future. Nothing is counted twice by that: the sums of those times are deleted too.</summary>
    public static void Mend(EventCounts counts, DateTimeOffset now)
    {
        if (counts.Find(EventCounts.DeletedBefore) > Nanos.Of(now + Furthest))
        {
            counts[EventCounts.DeletedBefore] = Nanos.Of(now - OnTheWay);
        }
    }

    /// <summary>The end of the last trace, request, log record or score that goes; the least number when none does.</summary>
    private static long LastOfEvents(SqliteConnection connection, long before)
    {
        using var last = new Statement(
            connection,
            """
            SELECT max(last) FROM (
              SELECT max(last_end) AS last FROM trace WHERE last_end < ?1 UNION ALL
              SELECT max(time) FROM log WHERE time < ?1 UNION ALL
              SELECT max(time) FROM score WHERE time < ?1)
            """
        );
        return last.Bind(1, before).Step() && !last.IsNull(0) ? last.Long(0) : long.MinValue;
    }

    /// <summary>
    /// The same of exposures and outcomes. Those of a run that goes in part are told by the mark alone, whether they still lie there or not, and of those in no run
    /// the last is not known: the mark is the time itself then.
    /// </summary>
    private static long LastOfUnits(SqliteConnection connection, EventCounts counts, long before)
    {
        using var runs = new Statement(connection, "SELECT max(last_time) FROM experiment_run WHERE state = ?1 AND first_time < ?2");
        var last = runs.Bind(1, (long)RunState.Live).Bind(2, before).Step() && !runs.IsNull(0) ? runs.Long(0) : long.MinValue;
        var hasFresh = counts[EventCounts.ExperimentFresh] > 0 && counts[EventCounts.ExperimentFreshFirst] < before;
        return hasFresh ? before - 1 : Math.Min(last, before - 1);
    }
}
