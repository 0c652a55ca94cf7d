using Assay.Embedded.Events.Spans;
using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>
/// Tells events of a batch that came too late: they ended before the time up to which events were deleted. Whether such an event was there and was
/// counted once, nobody knows any more. Spans of a trace that is still there are told apart by their keys, and are never too late.
/// </summary>
internal sealed class LateEvents(EventCounts counts)
{
    private readonly long deletedBefore = counts.Find(EventCounts.DeletedBefore) ?? long.MinValue;

    /// <summary>Events that were refused.</summary>
    public TooLate Refused { get; private set; }

    /// <summary>Whether all spans of a trace that is not there are refused; they are counted then.</summary>
    public bool Refuse(TraceSpans trace)
    {
        foreach (var span in trace.Spans)
        {
            if (TraceState.EndOf(span) >= deletedBefore)
            {
                return false;
            }
        }

        Refused = Refused with { Spans = Refused.Spans + trace.Spans.Count };
        return true;
    }

    /// <summary>Whether a log record is refused; it is counted then.</summary>
    public bool Refuse(LogEvent log)
    {
        var isLate = log.TimeNanos < deletedBefore;
        Refused = isLate ? Refused with { Logs = Refused.Logs + 1 } : Refused;
        return isLate;
    }

    /// <summary>Whether a score is refused; it is counted then.</summary>
    public bool Refuse(ScoreEvent score)
    {
        var isLate = score.TimeNanos < deletedBefore;
        Refused = isLate ? Refused with { Scores = Refused.Scores + 1 } : Refused;
        return isLate;
    }

    /// <summary>Whether an exposure is refused; it is counted then.</summary>
    public bool Refuse(ExposureEvent exposure)
    {
        var isLate = exposure.TimeNanos < deletedBefore;
        Refused = isLate ? Refused with { Exposures = Refused.Exposures + 1 } : Refused;
        return isLate;
    }

    /// <summary>Whether an outcome is refused; it is counted then.</summary>
    public bool Refuse(OutcomeEvent outcome)
    {
        var isLate = outcome.TimeNanos < deletedBefore;
        Refused = isLate ? Refused with { Outcomes = Refused.Outcomes + 1 } : Refused;
        return isLate;
    }
}
