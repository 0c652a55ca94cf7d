using Assay.Server.Costs;
using Assay.Server.Overview;

namespace Assay.Server.Quality;

/// <summary>The state of the services in a window: latency, cost, quality, errors, tools and SLOs in one document.</summary>
/// <param name="From">The begin.</param>
/// <param name="To">The end, excluded.</param>
/// <param name="GeneratedAt">When it was made.</param>
/// <param name="Latency">Latency of requests, over all and by operation.</param>
/// <param name="Errors">Failed requests, over all and by operation.</param>
/// <param name="Costs">Model calls: over all and by model.</param>
/// <param name="Quality">Scores, ratings and guardrails by operation.</param>
/// <param name="Tools">Tool calls by tool.</param>
/// <param name="Slos">The SLOs; empty when there are none.</param>
/// <param name="Points">Requests over time; null without a step.</param>
internal sealed record Dashboard(
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset GeneratedAt,
    LatencySection Latency,
    ErrorSection Errors,
    CostReport Costs,
    QualityReport Quality,
    IReadOnlyList<ToolRow> Tools,
    IReadOnlyList<SloRow> Slos,
    IReadOnlyList<RequestPoint>? Points
);

/// <summary>Latency of requests.</summary>
/// <param name="All">Over all operations; null without requests.</param>
/// <param name="Operations">By operation, the most called first.</param>
internal sealed record LatencySection(LatencyFigures? All, IReadOnlyList<OperationLatency> Operations);

/// <summary>Latency of an operation.</summary>
internal sealed record OperationLatency(string Operation, LatencyFigures Figures);

/// <summary>Percentiles in milliseconds.</summary>
/// <param name="N">Values.</param>
/// <param name="P50Ms">Half are not longer.</param>
/// <param name="P95Ms">95 % are not longer.</param>
/// <param name="P99Ms">99 % are not longer.</param>
/// <param name="LeastMs">The shortest, exactly.</param>
/// <param name="MostMs">The longest, exactly.</param>
/// <param name="RelativeError">No percentile is farther from the exact one than this share of it: 0.0027 is 0.27 %.</param>
internal sealed record LatencyFigures(long N, double P50Ms, double P95Ms, double P99Ms, double LeastMs, double MostMs, double RelativeError);

/// <summary>Failed requests.</summary>
/// <param name="All">Over all operations.</param>
/// <param name="Operations">By operation, the most failed first.</param>
internal sealed record ErrorSection(ErrorFigures All, IReadOnlyList<OperationErrors> Operations);

/// <summary>Failed requests of an operation.</summary>
internal sealed record OperationErrors(string Operation, ErrorFigures Figures);

/// <summary>Failures among events.</summary>
/// <param name="Count">Events.</param>
/// <param name="Failed">Failed ones.</param>
/// <param name="Rate">Their share with its interval; null without events.</param>
internal sealed record ErrorFigures(long Count, long Failed, Estimate? Rate);

/// <summary>Calls of a tool by agents.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Calls">Calls and failed ones.</param>
/// <param name="Latency">How long they took.</param>
internal sealed record ToolRow(string Tool, ErrorFigures Calls, LatencyFigures Latency);

/// <summary>The state of an SLO.</summary>
internal sealed record SloRow(string Name, string Service, string Objective, Verdict Verdict, double? BudgetLeft, double? Burn6h, string Reason)
{
    public static SloRow Of(SloLight slo) => new(slo.Name, slo.Service, slo.Objective.En, slo.Verdict, slo.BudgetLeft, slo.Burn6h, slo.Reason.En);
}

/// <summary>Requests of a step.</summary>
/// <param name="At">The begin of the step.</param>
/// <param name="Requests">Requests and failed ones.</param>
/// <param name="Latency">How long they took; null without requests.</param>
internal sealed record RequestPoint(DateTimeOffset At, ErrorFigures Requests, LatencyFigures? Latency);
