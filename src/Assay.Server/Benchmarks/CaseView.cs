using Assay.Evaluation.Storing;

namespace Assay.Server.Benchmarks;

/// <summary>What a run did with a case, as a page shows it.</summary>
/// <param name="Answer">The answer; null when the target failed.</param>
/// <param name="Fault">Why there is no answer, as a kind.</param>
/// <param name="Problem">The same in words.</param>
/// <param name="LatencyMs">How long the answer took, in milliseconds; null when unknown.</param>
/// <param name="CostUsd">What it cost, in US dollars; null when unknown.</param>
/// <param name="FromCache">Whether the response cache answered.</param>
/// <param name="TraceId">The trace of the call; null when there is none.</param>
/// <param name="Scores">What each metric said.</param>
public sealed record CaseView(
    string? Answer,
    string? Fault,
    string? Problem,
    double? LatencyMs,
    decimal? CostUsd,
    bool FromCache,
    string? TraceId,
    IReadOnlyList<CaseScore> Scores
)
{
    internal static CaseView? Of(StoredCase? from) =>
        from is null
            ? null
            : new CaseView(
                from.Answer,
                from.Fault,
                from.Problem,
                from.LatencyMs,
                from.CostUsd,
                from.FromCache,
                from.TraceId,
                [.. from.Measured.Select(m => new CaseScore(m.Metric, m.State, m.Value, m.Reason))]
            );
}

/// <summary>What a metric said of an answer.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="State"><c>value</c>, <c>error</c> or <c>not_applicable</c>.</param>
/// <param name="Value">The value; null without one.</param>
/// <param name="Reason">Why; null when the number says all.</param>
public sealed record CaseScore(string Metric, string State, double? Value, string? Reason);
