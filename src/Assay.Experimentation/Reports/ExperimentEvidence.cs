using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Health;
using Assay.Statistics;

namespace Assay.Experimentation.Reports;

/// <summary>What a look is worth to a release gate: one piece of evidence for its health, one for its decision, and one for each metric of a treatment that decides.</summary>
internal static class ExperimentEvidence
{
    /// <summary>The evidence of a look.</summary>
    /// <param name="report">The look.</param>
    /// <param name="subject">The candidate that the treatment is.</param>
    /// <param name="toolVersion">The version of <c>assay</c>.</param>
    public static IReadOnlyList<Evidence> Of(ExperimentReport report, Candidate subject, string toolVersion) =>
        [
            Health(report, subject, toolVersion),
            new Evidence(subject, DecisionOf(report.Experiment), report.Verdict, report.Decision.Reason, report.At, toolVersion) { N = report.Units },
            .. report.Metrics.Where(m => m.Role != MetricRole.Info).SelectMany(m => m.Comparisons.Select(c => Of(report, m, c, subject, toolVersion))),
        ];

    /// <summary>What the decision of an experiment is called as a metric.</summary>
    public static string DecisionOf(string experiment) => $"{experiment} decision";

    /// <summary>What the health of an experiment is called as a metric.</summary>
    public static string HealthOf(string experiment) => $"{experiment} health";

    private static Evidence Health(ExperimentReport report, Candidate subject, string toolVersion)
    {
        var faults = report.Health.Where(h => h.State == HealthState.Fault).ToList();
        var verdict =
            report.Units == 0 ? Verdict.NoData
            : faults.Count > 0 ? Verdict.Inconclusive
            : Verdict.Pass;
        var reason =
            report.Units == 0 ? "No unit was exposed yet."
            : faults.Count > 0 ? string.Join(" ", faults.Select(f => f.Text))
            : "No check found a fault.";
        return new Evidence(subject, HealthOf(report.Experiment), verdict, reason, report.At, toolVersion) { N = report.Units };
    }

    private static Evidence Of(ExperimentReport report, MetricReport metric, ArmComparison row, Candidate subject, string toolVersion)
    {
        var trusted = report.Health.All(h => h.State != HealthState.Fault);
        var (figure, verdict) = (row.Difference, trusted ? VerdictOf(row.Finding) : Verdict.Inconclusive);
        var reason = trusted ? row.Reason : $"The data cannot be trusted; {row.Reason}";
        return new Evidence(subject, $"{report.Experiment} {row.Variant} {metric.Title}", verdict, reason, report.At, toolVersion)
        {
            Estimate = figure.Estimate,
            Interval = figure.Estimate is null ? null : new Interval(figure.Low, figure.High, figure.Confidence),
            // A goal must leave 0 behind, a guardrail keep within its margin.
            Threshold = new Threshold(metric.IsLowerBetter ? ThresholdSide.AtMost : ThresholdSide.AtLeast, row.Limit ?? 0),
            N = figure.N,
            Method = figure.Method,
        };
    }

    private static Verdict VerdictOf(Finding finding) =>
        finding switch
        {
            Finding.Better or Finding.Held => Verdict.Pass,
            Finding.Worse or Finding.Broken => Verdict.Fail,
            Finding.None => Verdict.NoData,
            _ => Verdict.Inconclusive,
        };
}
