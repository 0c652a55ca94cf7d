using Assay.Observability.Slos;
using Assay.Server.Traces;
using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>Counts stored events for SLOs; events of one second are handed over together. Used by one thread.</summary>
internal sealed class SloTally(SloBook book)
{
    private const long NanosPerSecond = 1_000_000_000;
    private const double NanosPerMs = 1_000_000;

    private readonly Dictionary<SloRecorder, (long Second, EventCount Count)> open = [];

    public void Count(EventBatch events)
    {
        foreach (var span in events.Spans)
        {
            Count(span);
        }

        foreach (var score in events.Scores)
        {
            Count(score);
        }

        foreach (var (slo, (second, count)) in open)
        {
            slo.Add(second, count);
        }

        open.Clear();
    }

    private void Count(SpanEvent span)
    {
        foreach (var slo in book.Of(span.Source.Service))
        {
            var indicator = slo.Definition.Indicator;
            if (SloMatch.Counts(indicator, span))
            {
                // What is finished counts when it was finished.
                Add(slo, TraceTimes.EndOf(span), indicator.IsGood(span.Failed, span.DurationNanos / NanosPerMs));
            }
        }
    }

    private void Count(ScoreEvent score)
    {
        foreach (var slo in book.Of(score.Source.Service))
        {
            var indicator = slo.Definition.Indicator;
            if (SloMatch.Counts(indicator, score))
            {
                Add(slo, score.TimeNanos, indicator.IsGood(failed: false, score.Value));
            }
        }
    }

    private void Add(SloRecorder slo, long nanos, bool isGood)
    {
        var second = nanos / NanosPerSecond;
        var one = new EventCount(1, isGood ? 0 : 1);
        if (!open.TryGetValue(slo, out var before))
        {
            open[slo] = (second, one);
        }
        else if (before.Second == second)
        {
            open[slo] = (second, before.Count + one);
        }
        else
        {
            slo.Add(before.Second, before.Count);
            open[slo] = (second, one);
        }
    }
}
