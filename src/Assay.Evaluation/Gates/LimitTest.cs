using Assay.Statistics;

namespace Assay.Evaluation.Gates;

/// <summary>A figure of cases against a limit, from both sides: two one-sided tests with the bounds that belong to them.</summary>
/// <param name="Above">Of the claim that the truth is greater than the limit; its interval has a lower end.</param>
/// <param name="Below">Of the claim that it is less; its interval has an upper end.</param>
/// <param name="PlannedCases">How many cases decide it with the wanted power, if figure and spread stay; null when unknown.</param>
/// <param name="Detectable">The distance from the limit that so many cases show with the wanted power; null when unknown.</param>
internal sealed record LimitTest(StatisticResult Above, StatisticResult Below, double? PlannedCases, double? Detectable)
{
    /// <summary>The share of false passes, and of false fails, that a gate accepts.</summary>
    public const double Alpha = 0.05;

    /// <summary>The probability of a decision that announced numbers of cases are for.</summary>
    public const double Power = 0.8;

    /// <summary>The confidence of an interval made of both bounds.</summary>
    public const double Confidence = 1 - (2 * Alpha);

    /// <summary>The figure; null when neither side is computable.</summary>
    public double? Estimate { get; init; } = Above.AsComputed?.Estimate ?? Below.AsComputed?.Estimate;

    /// <summary>Both bounds; null when there is none.</summary>
    public Interval? Interval { get; init; } =
        (Above.AsComputed ?? Below.AsComputed) is null ? null : new Interval(Above.AsComputed?.Interval?.Low, Below.AsComputed?.Interval?.High, Confidence);

    /// <summary>Why there is no bound on one side; null when there are both.</summary>
    public string? Lack => (Above as NotComputable ?? Below as NotComputable)?.Reason;

    /// <summary>The p-value of the claim that the figure is good, and that it is bad; 1 where a side is not computable.</summary>
    public double PassP(ThresholdSide side) => P(side == ThresholdSide.AtLeast ? Above : Below);

    public double FailP(ThresholdSide side) => P(side == ThresholdSide.AtLeast ? Below : Above);

    private static double P(StatisticResult result) => result.AsComputed?.P?.Value ?? 1;
}
