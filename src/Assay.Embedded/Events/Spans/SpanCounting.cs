using Assay.Embedded.Events.Sums;
using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>Adds the new spans of a trace to its totals and to the sums, and lets the cost of its model calls go to its outermost request.</summary>
internal static class SpanCounting
{
    public static void Add(TraceSpans trace, TraceState state, SumParts parts)
    {
        var (owner, cost) = (state.Owner, state.Cost?.Copy());
        foreach (var span in trace.Spans)
        {
            state.Add(span);
            if (span.IsRequest)
            {
                AddRequest(span, state, parts);
            }
        }

        var operation = state.Owner?.Name ?? "";
        foreach (var span in trace.Spans)
        {
            AddSpan(span, span.IsRequest ? span.Name : operation, parts);
        }

        MoveCost(owner, cost, state, parts);
    }

    private static void AddRequest(SpanEvent span, TraceState state, SumParts parts)
    {
        var counted = parts.Add(SpanLabels.OfRequest(span), span.StartNanos, SumPart.OfSpan(span.Failed, span.DurationNanos, cost: null));
        if (RequestOwner.IsOutside(span, state.Owner))
        {
            state.Owner = new RequestOwner(span.Parent.IsPresent, span.StartNanos, span.Span.Value, span.Name, counted ?? 0, counted is not null);
        }
    }

    private static void AddSpan(SpanEvent span, string operation, SumParts parts)
    {
        var use = UseSum.Of(span.Use);
        parts.Add(SpanLabels.OfSpan(span, operation), span.StartNanos, SumPart.OfSpan(span.Failed, span.DurationNanos, use));
        if (span.Use is { } call)
        {
            parts.Add(SpanLabels.OfCall(span, call, operation), span.StartNanos, SumPart.OfSpan(span.Failed, span.DurationNanos, use));
        }
    }

    /// <summary>Takes from the request that had the cost before and gives to the one that has it now: all of it, or what is new when they are the same.</summary>
    private static void MoveCost(RequestOwner? before, UseSum? had, TraceState state, SumParts parts)
    {
        if (state.Owner is null || state.Cost is null)
        {
            return;
        }

        if (before is not null)
        {
            parts.AddCost(before, had, -1);
        }

        parts.AddCost(state.Owner, state.Cost.Copy(), 1);
    }
}
