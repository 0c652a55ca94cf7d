using Assay.Prices;
using Assay.Server.Intake.Details;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>A span of a trace.</summary>
/// <param name="SpanId">The span.</param>
/// <param name="ParentSpanId">Its parent; null for a root.</param>
/// <param name="Depth">0 for roots.</param>
/// <param name="IsOrphan">Whether it names a parent that is not there.</param>
/// <param name="IsRequest">Whether a request enters a service here.</param>
/// <param name="Service">Who sent it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Kind">Its kind as the sender said.</param>
/// <param name="At">When it began.</param>
/// <param name="OffsetMs">Milliseconds from the begin of the trace.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="StatusMessage">Why, when it failed and the sender said so; else empty.</param>
/// <param name="Model">What it used and cost, when it called a model; else null.</param>
/// <param name="Attributes">In the sender's order.</param>
/// <param name="Events">What happened while it was open, in the sender's order.</param>
/// <param name="Links">Other spans that have to do with it.</param>
internal sealed record TraceSpan(
    string SpanId,
    string? ParentSpanId,
    int Depth,
    bool IsOrphan,
    bool IsRequest,
    string Service,
    string Name,
    SpanCategory Category,
    OtlpSpanKind Kind,
    DateTimeOffset At,
    double OffsetMs,
    double DurationMs,
    bool Failed,
    string StatusMessage,
    TraceModelCall? Model,
    IReadOnlyList<TraceAttribute> Attributes,
    IReadOnlyList<TraceSpanEvent> Events,
    IReadOnlyList<TraceSpanLink> Links
)
{
    public static TraceSpan Of(TraceRow row, long traceStart)
    {
        var (span, details) = (row.Span, OtlpSpanDetails.Read(row.Span.Body));
        return new TraceSpan(
            span.Span.ToString(),
            span.Parent.IsPresent ? span.Parent.ToString() : null,
            row.Depth,
            row.IsOrphan,
            span.IsRequest,
            span.Source.Service,
            span.Name,
            span.Category,
            details.Kind,
            TraceTimes.Of(span.StartNanos),
            TraceTimes.Ms(span.StartNanos - traceStart),
            TraceTimes.Ms(span.DurationNanos),
            span.Failed,
            details.StatusMessage,
            span.Use is { } use ? TraceModelCall.Of(use) : null,
            TraceAttribute.Of(details.Attributes),
            [.. details.Events.Select(e => TraceSpanEvent.Of(e, traceStart))],
            [.. details.Links.Select(l => new TraceSpanLink(l.Trace.ToString(), l.Span.ToString(), TraceAttribute.Of(l.Attributes)))]
        );
    }
}

/// <summary>Something that happened while a span was open.</summary>
/// <param name="Name">What.</param>
/// <param name="At">When.</param>
/// <param name="OffsetMs">Milliseconds from the begin of the trace.</param>
/// <param name="Attributes">More about it.</param>
internal sealed record TraceSpanEvent(string Name, DateTimeOffset At, double OffsetMs, IReadOnlyList<TraceAttribute> Attributes)
{
    public static TraceSpanEvent Of(OtlpSpanEvent e, long traceStart) =>
        new(e.Name, TraceTimes.Of(e.TimeNanos), TraceTimes.Ms(e.TimeNanos - traceStart), TraceAttribute.Of(e.Attributes));
}

/// <summary>Another span that has to do with a span.</summary>
/// <param name="TraceId">Its trace.</param>
/// <param name="SpanId">It.</param>
/// <param name="Attributes">More about the link.</param>
internal sealed record TraceSpanLink(string TraceId, string SpanId, IReadOnlyList<TraceAttribute> Attributes);

/// <summary>What a model call used and cost.</summary>
/// <param name="Model">The model that answered, else the one asked for.</param>
/// <param name="Provider">The provider; empty when unknown.</param>
/// <param name="Pricing">What is known of its price.</param>
/// <param name="Usd">What it cost in US dollars, what it would have cost when avoided; null when unknown.</param>
/// <param name="IsRetry">Whether it repeats a call that failed.</param>
/// <param name="Tokens">Tokens by kind.</param>
internal sealed record TraceModelCall(string Model, string Provider, Pricing Pricing, decimal? Usd, bool IsRetry, TokenUsage Tokens)
{
    public static TraceModelCall Of(ModelUse use) =>
        new(use.Model, use.Provider, use.Pricing, use.Pricing is Pricing.Priced or Pricing.Avoided ? use.Cost.Dollars : null, use.IsRetry, use.Tokens);
}
