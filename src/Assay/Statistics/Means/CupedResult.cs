namespace Assay.Statistics.Means;

/// <summary>A difference of means after adjustment for what was known before the experiment.</summary>
/// <param name="Theta">The slope of the after-values on the before-values over both arms; null when it could not be computed.</param>
/// <param name="VarianceReduction">
/// The share of the squared standard error of the difference that the adjustment took away: 0.5 means that half of the units would do.
/// Below 0 when it did harm; null when it could not be computed.
/// </param>
/// <param name="Difference">Welch's t test of the adjusted values, treatment − control.</param>
public sealed record CupedResult(double? Theta, double? VarianceReduction, StatisticResult Difference);
