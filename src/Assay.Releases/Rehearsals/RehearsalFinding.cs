using System.Text.Json.Serialization;
using Assay.Experimentation.Analysis.Comparisons;
using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;

namespace Assay.Releases.Rehearsals;

/// <summary>How a metric found what was wrong.</summary>
[JsonConverter(typeof(CanaryWord<RehearsalFinder>))]
internal enum RehearsalFinder
{
    /// <summary>Half of the candidate's questions failed.</summary>
    GrossFailure,

    /// <summary>It was proven worse than control.</summary>
    Comparison,

    /// <summary>It was proven beyond its limit, whatever control does.</summary>
    Limit,

    /// <summary>It was asked, and said so.</summary>
    Probe,
}

/// <summary>A metric that found what was wrong.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="By">How.</param>
internal sealed record RehearsalFinding(string Metric, RehearsalFinder By)
{
    /// <summary>Those of the look that decided.</summary>
    public static IReadOnlyList<RehearsalFinding> Of(CanaryLook? look) =>
        look is null
            ? []
            : [.. look.Metrics.Where(m => m.Role != CanaryRole.Info && m.Verdict == MetricVerdict.Fail).Select(m => new RehearsalFinding(m.Metric, ByOf(m)))];

    /// <summary>For sentences: <c>errors, compared with control</c>.</summary>
    [JsonIgnore]
    public string Words =>
        By switch
        {
            RehearsalFinder.GrossFailure => $"{Metric}, as a gross failure",
            RehearsalFinder.Comparison => $"{Metric}, compared with control",
            RehearsalFinder.Limit => $"{Metric}, by its limit",
            _ => $"{Metric}, a probe",
        };

    private static RehearsalFinder ByOf(MetricJudgement metric) =>
        metric.Metric is RehearsalStage.Ready or RehearsalStage.Memory ? RehearsalFinder.Probe
        : metric.Metric == RehearsalStage.Errors && IsGross(metric) ? RehearsalFinder.GrossFailure
        : metric.Low > 0 ? RehearsalFinder.Comparison
        : RehearsalFinder.Limit;

    // The rule of the controller, by the figures that it told.
    private static bool IsGross(MetricJudgement metric) => GrossFailure.Is(Bad(metric.Control, metric.ControlCount), Bad(metric.Canary, metric.CanaryCount));

    private static ArmRate Bad(double? share, long count) => new((long)Math.Round((share ?? 0) * count), count);
}
