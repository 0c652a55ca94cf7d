using Assay.Embedded.Events.Sums;
using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>Adds the new spans of a trace to its totals and to the sums, and lets the cost of its model calls go to its outermost request.</summary>
internal static class SpanCounting
{
    /// <summary>Adds new spans.</summary>
    /// <param name="trace">The spans.</param>
    /// <param name="state">What is known of their trace.</param>
    /// <param name="parts">Gets what they add to the sums.</param>
    /// <param name="earlier">Reads the spans of the trace that are stored already, for those that nobody remembers.</param>
    public static void Add(TraceSpans trace, TraceState state, SumParts parts, Func<IReadOnlyList<SpanEvent>> earlier)
    {
        var (had, before) = (state.Spans, state.Owner is null ? state.Unnamed : null);
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

        FallbackCounting.Add(trace, state, parts, earlier);
        MoveCost(owner, cost, state, parts);
        if (owner is null)
        {
            NameOperation(trace, state, parts, before!.Count == had ? before : null, earlier);
        }
    }

    /// <summary>
    /// Spans that came before any request of their trace are counted under no operation. When the request comes they go to its operation; until then
    /// they are remembered.
    /// </summary>
    private static void NameOperation(
        TraceSpans trace,
        TraceState state,
        SumParts parts,
        IReadOnlyList<SpanEvent>? remembered,
        Func<IReadOnlyList<SpanEvent>> earlier
    )
    {
        if (state.Owner is not { } request)
        {
            state.Remember(trace.Spans);
            return;
        }

        foreach (var span in request.Name.Length == 0 ? [] : remembered ?? earlier())
        {
            var use = UseSum.Of(span.Use);
            var part = SumPart.OfSpan(span.Failed, span.DurationNanos, use);
            parts.Move(SpanLabels.OfSpan(span, ""), SpanLabels.OfSpan(span, request.Name), span.StartNanos, part);
            if (span.Use is { } call)
            {
                parts.Move(SpanLabels.OfCall(span, call, ""), SpanLabels.OfCall(span, call, request.Name), span.StartNanos, part);
            }
        }

        state.ForgetUnnamed();
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
