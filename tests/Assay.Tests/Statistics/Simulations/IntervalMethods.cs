using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Ranks;
using Assay.Statistics.Resampling;
using Assay.Statistics.Samples;

namespace Assay.Tests.Statistics.Simulations;

/// <summary>The intervals for values that are simulated.</summary>
internal static class IntervalMethods
{
    /// <summary>Approximate at small n, right as n grows.</summary>
    public static IReadOnlyList<IntervalMethod> Asymptotic { get; } =
    [
        new("mean (t)", d => MeanInterval.Of(Moments.Of(d.Control)), p => p.Mean),
        new("Welch", d => WelchTest.Compare(Moments.Of(d.Control), Moments.Of(d.Treatment)), _ => 0),
        new("pooled t", d => PooledTTest.Compare(Moments.Of(d.Control), Moments.Of(d.Treatment)), _ => 0),
        new("paired t", d => PairedTTest.Compare(d.Control, d.Treatment), _ => 0),
        new("relative difference (Fieller)", d => RelativeDifference.Compare(Moments.Of(d.Control), Moments.Of(d.Treatment)), _ => 0),
        new("ratio metric, difference", d => RatioMetric.Compare(Ratio(d.Control, d.ControlBefore), Ratio(d.Treatment, d.TreatmentBefore)), _ => 0),
        new("CUPED", d => Cuped.Compare(Adjusted(d.ControlBefore, d.Control), Adjusted(d.TreatmentBefore, d.Treatment)).Difference, _ => 0),
        new("clustered mean, clusters of 5", Clustered, p => 2 * p.Mean),
        new("Hodges-Lehmann shift", d => HodgesLehmann.Shift(d.Control, d.Treatment), _ => 0),
        new("common-language effect", d => CommonLanguageEffect.Of(d.Control, d.Treatment), _ => 0.5),
        new("difference of medians", d => QuantileDifference.Compare(OrderedSample.Of(d.Control), OrderedSample.Of(d.Treatment), 0.5), _ => 0),
        new("Spearman's ρ", d => SpearmanCorrelation.Of(d.Control, d.Treatment), _ => 0),
    ];

    /// <summary>Those that compare two arms which need not be of one size.</summary>
    public static IReadOnlyList<IntervalMethod> OfTwoArms { get; } =
    [
        .. Asymptotic.Where(m =>
            m.Name
                is "Welch"
                    or "pooled t"
                    or "relative difference (Fieller)"
                    or "ratio metric, difference"
                    or "CUPED"
                    or "Hodges-Lehmann shift"
                    or "common-language effect"
                    or "difference of medians"
        ),
    ];

    /// <summary>BCa of the mean, with the resamples it takes by default; slow.</summary>
    public static IntervalMethod Bootstrapped { get; } =
        new("bootstrap of the mean (BCa)", d => Bootstrap.Interval(d.Control, s => Moments.Of(s).Mean, resamples: 1999), p => p.Mean);

    /// <summary>At least 95 % whatever the population.</summary>
    public static IReadOnlyList<IntervalMethod> Exact { get; } =
    [
        new("median, order statistics", d => OrderedSample.Of(d.Control).Interval(0.5), p => p.Quantile(0.5)),
        new("P90, order statistics", d => OrderedSample.Of(d.Control).Interval(0.9), p => p.Quantile(0.9)),
    ];

    private static StatisticResult Clustered(Draw draw)
    {
        var values = new double[draw.Size];
        var clusters = new int[draw.Size];
        for (var i = 0; i < values.Length; i++)
        {
            clusters[i] = i / 5;
            values[i] = draw.Control[i] + draw.Treatment[i / 5];
        }

        return ClusteredMean.Of<int>(values, clusters);
    }

    private static PairMoments Ratio(double[] values, double[] weights) => PairMoments.Of([.. values.Zip(weights, (v, w) => v + (0.3 * w))], weights);

    private static PairMoments Adjusted(double[] before, double[] after) => PairMoments.Of(before, [.. before.Zip(after, (b, a) => b + a)]);
}
