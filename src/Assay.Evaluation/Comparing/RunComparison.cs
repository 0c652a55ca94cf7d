using Assay.Evaluation.Running;
using Assay.Evaluation.Summaries;
using Assay.Statistics;

namespace Assay.Evaluation.Comparing;

/// <summary>Two runs case by case. Differences are candidate − baseline.</summary>
/// <param name="Baseline">The run compared with.</param>
/// <param name="Candidate">The run in question.</param>
/// <param name="Common">Cases that both datasets hold.</param>
/// <param name="OnlyBaseline">Cases of the baseline that the candidate does not hold; 0 for one dataset.</param>
/// <param name="OnlyCandidate">Cases of the candidate that the baseline does not hold.</param>
/// <param name="Metrics">The metrics that both measured, in the candidate's order.</param>
/// <param name="Uncompared">Metrics of the candidate that cannot be compared, each with the reason.</param>
public sealed record RunComparison(
    RunSummary Baseline,
    RunSummary Candidate,
    int Common,
    int OnlyBaseline,
    int OnlyCandidate,
    IReadOnlyList<MetricComparison> Metrics,
    IReadOnlyList<UncomparedMetric> Uncompared
)
{
    /// <summary>Whether both runs asked the same cases.</summary>
    public bool IsOneDataset => Baseline.Plan.Content.Dataset.Hash == Candidate.Plan.Content.Dataset.Hash;

    /// <summary>Compares two runs.</summary>
    /// <param name="baseline">The run compared with.</param>
    /// <param name="candidate">The run in question.</param>
    /// <param name="commonCases">Whether runs on different datasets are compared by the ids that both hold; the default refuses them.</param>
    /// <exception cref="AssayException">The datasets differ and <paramref name="commonCases"/> is false, or they share no id (exit code 2).</exception>
    public static RunComparison Of(RunRecord baseline, RunRecord candidate, bool commonCases = false) =>
        Pairing.Compare(new ComparedRun(baseline.Plan, baseline.Outcomes()), new ComparedRun(candidate.Plan, candidate.Outcomes()), commonCases);
}

/// <summary>One metric of two runs.</summary>
/// <param name="Name">The metric.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
/// <param name="Unit">Its unit; empty for a share or score.</param>
/// <param name="Pairs">Cases that have a value in both runs.</param>
/// <param name="BaselineMean">The mean over those cases; null without any.</param>
/// <param name="CandidateMean">The candidate's.</param>
/// <param name="Difference">The mean difference with its two-sided 95 % interval and p; the reason when there is none.</param>
/// <param name="Wins">Cases in which the candidate is better.</param>
/// <param name="Losses">Cases in which it is worse.</param>
/// <param name="Ties">Cases in which both are equal.</param>
/// <param name="Sign">McNemar's test, or the sign test, of wins against losses; not computable when cases share clusters.</param>
/// <param name="Changed">The cases that changed most, the losses and the wins by their size, at most <see cref="MostChanged"/>.</param>
public sealed record MetricComparison(
    string Name,
    bool HigherIsBetter,
    string Unit,
    int Pairs,
    double? BaselineMean,
    double? CandidateMean,
    StatisticResult Difference,
    int Wins,
    int Losses,
    int Ties,
    StatisticResult? Sign,
    IReadOnlyList<ChangedCase> Changed
)
{
    /// <summary>The most cases that a comparison names for each metric.</summary>
    public const int MostChanged = 20;

    /// <summary>The p-value of the difference, corrected by Holm for all metrics of the comparison; null when there is none.</summary>
    public double? CorrectedP { get; init; }

    /// <summary>What the data show, at 5 % for all metrics together.</summary>
    public Change Change =>
        CorrectedP is not <= 0.05 || Difference.AsComputed is not { } found ? Change.NotShown
        : found.Estimate > 0 == HigherIsBetter ? Change.Better
        : Change.Worse;
}

/// <summary>What a comparison shows.</summary>
public enum Change
{
    /// <summary>The data show no difference; that does not mean that there is none.</summary>
    NotShown,

    /// <summary>The candidate is better.</summary>
    Better,

    /// <summary>The candidate is worse.</summary>
    Worse,
}

/// <summary>A case whose value changed.</summary>
/// <param name="Id">The case.</param>
/// <param name="Baseline">Its value in the baseline.</param>
/// <param name="Candidate">Its value in the candidate.</param>
public sealed record ChangedCase(string Id, double Baseline, double Candidate)
{
    /// <summary>Candidate − baseline.</summary>
    public double Difference => Candidate - Baseline;
}

/// <summary>A metric that cannot be compared.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Reason">Why, as half a sentence.</param>
public sealed record UncomparedMetric(string Name, string Reason);
