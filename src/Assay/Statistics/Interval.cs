namespace Assay.Statistics;

/// <summary>A confidence interval. A null end is unbounded: intervals of one-sided tests have one end.</summary>
/// <param name="Low">The lower end, included, in the unit of the estimate; null when unbounded.</param>
/// <param name="High">The upper end, included; null when unbounded.</param>
/// <param name="Confidence">The share of such intervals that hold the truth, 0 to 1: 0.95.</param>
public readonly record struct Interval(double? Low, double? High, double Confidence)
{
    /// <summary>Whether the value lies in the interval, ends included.</summary>
    public bool Contains(double value) => !(value < Low) && !(value > High);
}
