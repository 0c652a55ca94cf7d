using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;
using Assay.Statistics.Sequential;

namespace Assay.Experimentation.Analysis.Comparisons;

/// <summary>
/// Means over units, or figures that behave like one: a ratio, an adjusted mean or a quantile is, for many units, the mean of what each unit contributes
/// to it (its influence). The asymptotic sequences hold for all of these.
/// </summary>
/// <param name="Control">Control's units.</param>
/// <param name="Treatment">The treatment's units.</param>
internal sealed record MeansComparison(Moments Control, Moments Treatment) : Comparison
{
    /// <summary>The test of one look where the kind has its own; null for Welch's.</summary>
    public Func<double, Alternative, StatisticResult>? Own { get; init; }

    public override ArmMoments Moments => new(Control, Treatment);

    public override StatisticResult Fixed(double alpha, Alternative alternative) =>
        Own?.Invoke(alpha, alternative) ?? WelchTest.Compare(Control, Treatment, alpha, alternative);

    public override StatisticResult Sequential(double alpha, long tuning) => MeanConfidenceSequence.Compare(Control, Treatment, alpha, tuning);

    public override Excess Above(Limit limit, double alpha, long tuning)
    {
        var worst = Assay.Statistics.Samples.Moments.FromSummary(Control.Count, limit.At(Control.Mean), Math.Abs(limit.Factor) * Control.StandardDeviation);
        var above = MeanConfidenceSequence.Compare(worst, Treatment, alpha, tuning, Alternative.Greater);
        var below = MeanConfidenceSequence.Compare(worst, Treatment, alpha, tuning, Alternative.Less);
        return (above as NotComputable ?? below as NotComputable) is { } not
            ? new Excess(null, null, null, not.Method, not.Reason)
            : new Excess(
                above.AsComputed!.Estimate,
                above.AsComputed.Interval!.Value.Low - Inexact,
                below.AsComputed!.Interval!.Value.High + Inexact,
                above.Method,
                null
            );
    }

    public override Comparison AtWorst()
    {
        var difference = Treatment.Mean - Control.Mean;
        var nearest = Math.Sign(difference) * Math.Max(0, Math.Abs(difference) - Inexact);
        return Inexact == 0
            ? this
            : this with
            {
                Treatment = Assay.Statistics.Samples.Moments.FromSummary(Treatment.Count, Control.Mean + nearest, Treatment.StandardDeviation),
            };
    }

    public override Comparison Times(double factor) => this with { Control = Grown(Control, factor), Treatment = Grown(Treatment, factor), Own = null };

    private static Moments Grown(in Moments arm, double factor) =>
        Assay.Statistics.Samples.Moments.FromSummary((long)Math.Round(arm.Count * factor), arm.Mean, arm.StandardDeviation);
}
