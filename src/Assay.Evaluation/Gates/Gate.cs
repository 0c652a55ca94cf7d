using Assay.Evaluation.Gates.Learning;

namespace Assay.Evaluation.Gates;

/// <summary>A gate that is well-formed.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Metric">The metric it looks at.</param>
/// <param name="Statistic">The figure it looks at.</param>
/// <param name="Threshold">Where the figure must lie; of a difference −margin or +margin.</param>
public sealed record Gate(string Name, string Metric, GateStatistic Statistic, Threshold Threshold)
{
    /// <summary>The default share of cases that may lack a value.</summary>
    public const double UsualMissing = 0.05;

    /// <summary><see cref="GateStatistic.Rate"/>: which cases count; null otherwise.</summary>
    public Threshold? CaseThreshold { get; init; }

    /// <summary><see cref="GateStatistic.Quantile"/>: the share of cases below, 0.95 for P95; null otherwise.</summary>
    public double? Quantile { get; init; }

    /// <summary>The share of cases that may lack a value because asking or measuring failed.</summary>
    public double MissingAtMost { get; init; } = UsualMissing;

    /// <summary>Where its limit was learned; null when it is the file's own.</summary>
    internal LearnedLimit? Learned { get; init; }

    /// <summary>The statistic as benchmark files write it: <c>mean</c>, <c>p95</c>, <c>error_rate</c>.</summary>
    public string StatisticName => GateNames.Of(Statistic, Quantile);

    /// <summary>Where the target stands in gates.</summary>
    public const string TargetName = "target";
}
