using Assay.Evaluation.Gates;
using Assay.Evaluation.Running;
using Assay.Evaluation.Summaries;

namespace Assay.Cli.Evaluating;

/// <summary>The result of a run for scripts; the whole report, with every case, is the file <c>report.json</c> in its folder.</summary>
internal sealed record EvalDocument(
    string Run,
    string Benchmark,
    RunEnd End,
    Verdict Verdict,
    string Reason,
    int ExitCode,
    bool DryRun,
    bool Smoke,
    string Target,
    string DatasetHash,
    int Asked,
    int Done,
    int TargetFaults,
    IReadOnlyList<GateDocument> Gates,
    IReadOnlyList<MetricDocument> Metrics,
    decimal CostUsd,
    decimal PaidUsd,
    int Unpriced,
    string Folder
)
{
    public static EvalDocument Of(RunOutcome outcome)
    {
        var (run, verdict) = (outcome.Summary, outcome.Spoken);
        var content = run.Plan.Content;
        return new EvalDocument(
            run.Plan.Run,
            run.Plan.Benchmark,
            outcome.End,
            verdict.Verdict,
            verdict.Reason,
            (int)outcome.ExitCode,
            content.IsDryRun,
            content.IsSmoke,
            content.Target,
            content.Dataset.Hash,
            content.Asked,
            run.Done,
            run.Target.FaultCount,
            [.. verdict.Gates.Select(GateDocument.Of)],
            [.. run.Metrics.Select(MetricDocument.Of)],
            run.Use.Target.Cost.Dollars + run.Use.Judges.Cost.Dollars,
            run.Timings.Paid.Dollars,
            run.Use.Target.Unpriced + run.Use.Judges.Unpriced,
            outcome.Folder.Path
        );
    }
}

internal sealed record GateDocument(
    string Name,
    Verdict Verdict,
    double? Estimate,
    double? Low,
    double? High,
    double Limit,
    string Side,
    long N,
    long? NeededCases,
    string Reason
)
{
    public static GateDocument Of(GateResult gate) =>
        new(
            gate.Gate.Name,
            gate.Verdict,
            gate.Estimate,
            gate.Interval?.Low,
            gate.Interval?.High,
            gate.Gate.Threshold.Value,
            gate.Gate.Threshold.Side == ThresholdSide.AtLeast ? "at_least" : "at_most",
            gate.N,
            gate.NeededCases,
            gate.Reason
        );
}

internal sealed record MetricDocument(string Name, string Unit, int N, double? Mean, double? Low, double? High, int NotApplicable, int Errors, int Missing)
{
    public static MetricDocument Of(MetricSummary metric) =>
        new(
            metric.Name,
            metric.Scale.Unit,
            metric.N,
            metric.Average,
            metric.Bounds?.Low,
            metric.Bounds?.High,
            metric.NotApplicable,
            metric.Errors,
            metric.Missing
        );
}
