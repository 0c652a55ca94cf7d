using Assay.Releases.Canaries.Judging;

namespace Assay.Releases.Canaries;

/// <summary>A look at a canary, as it is remembered for charts.</summary>
/// <param name="Release">The release's id.</param>
/// <param name="Step">The step, from 1.</param>
/// <param name="Percent">The canary's share of traffic.</param>
/// <param name="Look">The look at the step, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Reason">Why.</param>
/// <param name="Metrics">The metrics, in the order of the file.</param>
internal sealed record CanaryLook(
    string Release,
    int Step,
    decimal Percent,
    int Look,
    DateTimeOffset At,
    Verdict Verdict,
    string Reason,
    IReadOnlyList<MetricJudgement> Metrics
)
{
    /// <summary>Requests of the canary since the step began.</summary>
    public long Requests { get; init; }
}
