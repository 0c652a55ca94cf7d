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
            MetricKind.Ratio => Sums.Ratio.Y.Mean == 0 ? null : Reasonable.Number(Sums.Ratio.X.Mean / Sums.Ratio.Y.Mean),
            _ => Sums.Values?.Quantile(metric.Quantile!.Value),
        };

    /// <summary>
    /// How many independent values the single values are worth at least, when those of one unit are copies of each other: (Σm)²/Σm² for m values in each
    /// unit (Kish, Survey Sampling, 1965). For sums whose denominator is the number of outcomes.
    /// </summary>
    public long EffectiveValues
    {
        get
        {
            var m = Sums.Ratio.Y;
            var squares = m.M2 + (m.Count * m.Mean * m.Mean);
            return squares > 0 ? (long)Math.Round(m.Count * m.Mean * (m.Count * m.Mean) / squares) : 0;
        }
    }
}
