using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>
/// Time under observation. Within a process it is measured by the clock that only goes forward; after a restart by the wall clock, which may have jumped. Either counts for at
/// most <see cref="MostLooks"/> intervals between looks, and never below zero: a clock that jumps, a machine that slept and a controller that was away do not shorten the least time of
/// a step.
/// </summary>
internal sealed class CanaryClock(TimeProvider time)
{
    /// <summary>Intervals between looks for which one look counts at most.</summary>
    public const int MostLooks = 3;

    // One mark for each canary that this process looked at; a hub has few, and this bounds them whatever comes.
    private const int MostMarks = 1_000;

    private readonly Dictionary<ReleaseId, Seen> marks = [];
    private readonly Lock gate = new();

    /// <summary>Time since the state's last look, as it counts.</summary>
    public TimeSpan Since(CanaryState state, TimeSpan lookEvery)
    {
        lock (gate)
        {
            // The mark of another look says nothing about this one.
            var passed =
                marks.TryGetValue(state.Release, out var mark) && mark.LookedAt == state.LookedAt
                    ? time.GetElapsedTime(mark.Timestamp)
                    : time.GetUtcNow() - state.LookedAt;
            return Counted(passed, lookEvery);
        }
    }

    /// <summary>Remembers that a state was just stored.</summary>
    public void Keep(CanaryState state)
    {
        lock (gate)
        {
            if (marks.Count >= MostMarks)
            {
                marks.Clear();
            }

            marks[state.Release] = new Seen(state.LookedAt, time.GetTimestamp());
        }
    }

    /// <summary>What of a time counts.</summary>
    public static TimeSpan Counted(TimeSpan passed, TimeSpan lookEvery)
    {
        var most = MostLooks * lookEvery;
        return passed < TimeSpan.Zero ? TimeSpan.Zero
            : passed > most ? most
            : passed;
    }

    private readonly record struct Seen(DateTimeOffset LookedAt, long Timestamp);
}
