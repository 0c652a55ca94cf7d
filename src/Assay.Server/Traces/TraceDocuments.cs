using Assay.Prices;
using Assay.Server.Intake.Details;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>A page of requests.</summary>
/// <param name="Traces">The newest first.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null when this is the last.</param>
internal sealed record TraceSummaries(IReadOnlyList<TraceSummary> Traces, string? Next)
{
    public static TraceSummaries Of(RequestPage page) => new([.. page.Rows.Select(TraceSummary.Of)], page.Next);
}

/// <summary>A request with its trace in short.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="SpanId">The span at which the request entered the service.</param>
/// <param name="At">When it began.</param>
/// <param name="Service">The service.</param>
/// <param name="Version">The service's version; empty when unknown.</param>
/// <param name="Name">What was asked for: <c>POST /ask</c>.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="CorrelationId">The caller's id; empty when there is none.</param>
/// <param name="Variant">Flags and variants; empty when there are none.</param>
/// <param name="Prompt">The prompt; empty when there is none.</param>
/// <param name="Spans">Spans of the trace so far.</param>
/// <param name="FailedSpans">Failed spans of the trace so far.</param>
/// <param name="Cost">What its model calls used and cost.</param>
internal sealed record TraceSummary(
    string TraceId,
    string SpanId,
    DateTimeOffset At,
    string Service,
    string Version,
    string Name,
    double DurationMs,
    bool Failed,
    string CorrelationId,
    string Variant,
    string Prompt,
    int Spans,
    int FailedSpans,
    TraceCost Cost
)
{
    public static TraceSummary Of(RequestRow row)
    {
        var request = row.Request;
        return new TraceSummary(
            request.Trace.ToString(),
            request.Span.ToString(),
            TraceTimes.Of(request.StartNanos),
            request.Source.Service,
            request.Source.Version,
            request.Name,
            TraceTimes.Ms(request.DurationNanos),
            request.Failed,
            request.CorrelationId,
            request.Variant,
            request.Prompt,
            row.SpanCount,
            row.FailedSpans,
            TraceCost.Of(row.Cost)
        );
    }
}

/// <summary>What model calls used and cost.</summary>
/// <param name="Calls">Model calls, retries and cache hits included.</param>
/// <param name="Usd">What was paid, in US dollars, as far as prices are known; retries included.</param>
/// <param name="RetryUsd">The part that retries took.</param>
/// <param name="AvoidedUsd">What cache hits would have cost.</param>
/// <param name="Unpriced">Calls whose price is unknown: the sum says nothing about these.</param>
/// <param name="InputTokens">Input tokens.</param>
/// <param name="OutputTokens">Output tokens.</param>
internal sealed record TraceCost(long Calls, decimal Usd, decimal RetryUsd, decimal AvoidedUsd, long Unpriced, long InputTokens, long OutputTokens)
{
    public static TraceCost Of(ModelUseTotals totals) =>
        new(
            totals.Calls,
            totals.Cost.Dollars,
            totals.RetryCost.Dollars,
            totals.Avoided.Dollars,
            totals.Unpriced,
            totals.Tokens.AllInput,
            totals.Tokens.AllOutput
        );
}

/// <summary>A trace with what is known of it, within bounds.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="At">When its first span began; null when there are only logs or scores.</param>
/// <param name="DurationMs">From its first span's begin to its last span's end, in milliseconds.</param>
/// <param name="FailedSpans">Failed spans.</param>
/// <param name="Cost">What its model calls used and cost.</param>
/// <param name="Spans">Its spans as a tree: parents before children, in order of begin; at most 5,000, and 16 MiB of attributes and events.</param>
/// <param name="Logs">Its log records in order of time, at most 1,000.</param>
/// <param name="Scores">Its scores in order of time, at most 1,000.</param>
internal sealed record TraceDocument(
    string TraceId,
    DateTimeOffset? At,
    double DurationMs,
    int FailedSpans,
    TraceCost Cost,
    IReadOnlyList<TraceSpan> Spans,
    IReadOnlyList<TraceLog> Logs,
    IReadOnlyList<TraceScore> Scores
)
{
    /// <summary>Spans that are stored and not told; no figure here counts them. Absent when there are none.</summary>
    public long? SpansLeftOut { get; init; }

    /// <summary>Log records that are stored and not told; absent when there are none.</summary>
    public long? LogsLeftOut { get; init; }

    /// <summary>Scores that are stored and not told; absent when there are none.</summary>
    public long? ScoresLeftOut { get; init; }

    public static TraceDocument Of(TraceId id, StoredTrace trace)
    {
        var rows = TraceTree.Of(trace.Spans);
        var start = rows.Count > 0 ? rows.Min(r => r.Span.StartNanos) : 0;
        var end = rows.Count > 0 ? rows.Max(r => TraceTimes.EndOf(r.Span)) : 0;
        var cost = trace.Spans.Aggregate(default(ModelUseTotals), (sum, s) => s.Use is { } use ? sum + ModelUseTotals.Of(use) : sum);
        return new TraceDocument(
            id.ToString(),
            rows.Count > 0 ? TraceTimes.Of(start) : null,
            TraceTimes.Ms(end - start),
            rows.Count(r => r.Span.Failed),
            TraceCost.Of(cost),
            [.. rows.Select(r => TraceSpan.Of(r, start))],
            [.. trace.Logs.Select(l => TraceLog.Of(l, start))],
            [.. trace.Scores.Select(TraceScore.Of)]
        )
        {
            SpansLeftOut = Some(trace.SpansLeftOut),
            LogsLeftOut = Some(trace.LogsLeftOut),
            ScoresLeftOut = Some(trace.ScoresLeftOut),
        };
    }

    private static long? Some(long count) => count > 0 ? count : null;
}

/// <summary>An attribute.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Value">Its value as people read it.</param>
internal sealed record TraceAttribute(string Key, OtlpType Type, string Value)
{
    public static IReadOnlyList<TraceAttribute> Of(IReadOnlyList<OtlpAttribute> attributes) =>
        [.. attributes.Select(a => new TraceAttribute(a.Key, a.Type, a.Text))];
}

/// <summary>A log record of a trace.</summary>
/// <param name="At">When.</param>
/// <param name="OffsetMs">Milliseconds from the begin of the trace.</param>
/// <param name="Severity">How severe.</param>
/// <param name="Service">Who wrote it.</param>
/// <param name="Component">Which part of it.</param>
/// <param name="Message">What it says.</param>
/// <param name="SpanId">In which span; null when unknown.</param>
/// <param name="Attributes">More about it.</param>
internal sealed record TraceLog(
    DateTimeOffset At,
    double OffsetMs,
    LogSeverity Severity,
    string Service,
    string Component,
    string Message,
    string? SpanId,
    IReadOnlyList<TraceAttribute> Attributes
)
{
    public static TraceLog Of(LogEvent log, long traceStart) =>
        new(
            TraceTimes.Of(log.TimeNanos),
            TraceTimes.Ms(log.TimeNanos - traceStart),
            log.Severity,
            log.Source.Service,
            log.Source.Scope,
            log.Message,
            log.Span.IsPresent ? log.Span.ToString() : null,
            TraceAttribute.Of(OtlpLogDetails.Read(log.Body))
        );
}

/// <summary>A score of a trace.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Who gave it: a metric or judge, a user, a guardrail.</param>
/// <param name="Name">What was scored.</param>
/// <param name="Value">The value.</param>
/// <param name="Label">A word for it; empty when there is none.</param>
/// <param name="Reason">Why; empty when there is none.</param>
/// <param name="SpanId">The span that was scored; null when unknown.</param>
internal sealed record TraceScore(DateTimeOffset At, ScoreKind Kind, string Name, double Value, string Label, string Reason, string? SpanId)
{
    public static TraceScore Of(ScoreEvent score) =>
        new(
            TraceTimes.Of(score.TimeNanos),
            score.Kind,
            score.Name,
            score.Value,
            score.Label,
            score.Reason,
            score.Span.IsPresent ? score.Span.ToString() : null
        );
}
