using Assay.Prices;
using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>Under which labels a span is counted in each series.</summary>
internal static class SpanLabels
{
    private static readonly string[] Categories = [.. Enum.GetNames<SpanCategory>().Select(n => n.ToLowerInvariant())];

    public static Labels OfRequest(SpanEvent span) =>
        new(Series.Requests, span.Source.Service, span.Source.Version, span.Source.Environment, span.Name, "", span.Name, span.Variant, span.Prompt);

    public static Labels OfSpan(SpanEvent span, string operation) =>
        new(
            Series.Spans,
            span.Source.Service,
            span.Source.Version,
            span.Source.Environment,
            operation,
            Categories[(int)span.Category],
            span.Name,
            span.Variant,
            span.Prompt
        );

    /// <param name="span">A span that says whether its stage fell back.</param>
    /// <param name="variant">Under which flags it is counted.</param>
    public static Labels OfFallback(SpanEvent span, string variant) =>
        new(Series.Fallbacks, span.Source.Service, span.Source.Version, span.Source.Environment, "", span.Fallback ?? "", span.Name, variant, "");

    public static Labels OfCall(SpanEvent span, ModelUse use, string operation) =>
        new(
            Series.ModelCalls,
            span.Source.Service,
            span.Source.Version,
            span.Source.Environment,
            operation,
            use.Pricing == Pricing.Avoided ? "cache_hit"
                : use.IsRetry ? "retry"
                : "call",
            use.Model,
            span.Variant,
            span.Prompt
        );
}
