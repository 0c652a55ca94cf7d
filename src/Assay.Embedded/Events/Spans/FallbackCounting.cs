using Assay.Embedded.Events.Sums;
using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>
/// Counts the stages that say whether they fell back, under the flags of the request that they worked for: an SDK writes flags on the span that asked for them, which a
/// stage seldom is.
/// </summary>
internal static class FallbackCounting
{
    /// <summary>Adds new spans.</summary>
    /// <param name="trace">The spans.</param>
    /// <param name="state">What is known of their trace.</param>
    /// <param name="parts">Gets what they add to the sums.</param>
    /// <param name="earlier">Reads the spans of the trace that are stored already.</param>
    public static void Add(TraceSpans trace, TraceState state, SumParts parts, Func<IReadOnlyList<SpanEvent>> earlier)
    {
        if (!trace.Spans.Exists(s => Concerns(s, state)))
        {
            return;
        }

        var flags = state.Flags ??= state.IsRestored ? TraceFlags.Of(earlier()) : new TraceFlags();
        foreach (var stage in flags.Meet(trace.Spans, earlier))
        {
            Move(stage, flags.VariantOf(stage), parts);
        }

        foreach (var stage in trace.Spans.Where(s => s.Fallback is not null))
        {
            parts.Add(SpanLabels.OfFallback(stage, flags.VariantOf(stage)), stage.StartNanos, PartOf(stage));
            flags.WaitIfUnknown(stage);
        }
    }

    // A request without flags changes nothing, unless a stage waits for it.
    private static bool Concerns(SpanEvent span, TraceState state) =>
        span.Fallback is not null || (span.IsRequest && (span.Variant.Length > 0 || state.Flags is not null));

    private static void Move(SpanEvent stage, string variant, SumParts parts)
    {
        if (variant != stage.Variant)
        {
            parts.Move(SpanLabels.OfFallback(stage, stage.Variant), SpanLabels.OfFallback(stage, variant), stage.StartNanos, PartOf(stage));
        }
    }

    private static SumPart PartOf(SpanEvent stage) => SumPart.OfSpan(stage.Fallback is { Length: > 0 }, stage.DurationNanos, cost: null);
}
