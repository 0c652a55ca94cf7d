using Assay.Stores;

namespace Assay.Experimentation.Analysis.Comparisons;

/// <summary>One metric of one arm.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Units">Its units.</param>
/// <param name="Sums">The metric's sums.</param>
internal sealed record ArmSums(ArmPlan Arm, long Units, MetricSums Sums)
{
    /// <summary>The figure of the arm as its kind defines it; null when there is none.</summary>
    public double? Value(MetricPlan metric) =>
        metric.Kind switch
        {
            MetricKind.Mean => Sums.UnitMeans.Count == 0 ? null : Sums.UnitMeans.Mean,
            MetricKind.Sum => Units == 0 ? null : Sums.Ratio.X.Mean,
            MetricKind.Rate => Units == 0 ? null : (double)Sums.Positive / Units,
            MetricKind.Ratio => Sums.Ratio.Y.Mean == 0 ? null : Finite(Sums.Ratio.X.Mean / Sums.Ratio.Y.Mean),
            _ => Sums.Values?.Quantile(metric.Quantile!.Value),
        };

    /// <summary>
    /// How many independent values the single values are worth at least, when those of one unit are copies of each other: (Σm)²/Σm² for m values in each
    /// unit (Kish, Survey Sampling, 1965). Units with outcomes when a ratio needs the denominators.
    /// </summary>
    /// <param name="countsOutcomes">Whether the denominators of the sums are the numbers of outcomes.</param>
    public long EffectiveValues(bool countsOutcomes)
    {
        var m = Sums.Ratio.Y;
        var squares = m.M2 + (m.Count * m.Mean * m.Mean);
        return countsOutcomes && squares > 0 ? (long)(m.Count * m.Mean * (m.Count * m.Mean) / squares) : Sums.UnitMeans.Count;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
