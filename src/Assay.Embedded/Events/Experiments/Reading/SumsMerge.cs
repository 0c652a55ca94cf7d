using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>The sums of two sets of units that have none in common.</summary>
internal static class SumsMerge
{
    public static ExperimentSums Of(ExperimentSums a, ExperimentSums b) =>
        new(Both(a.Variants, b.Variants, v => v.Variant, Of))
        {
            InSeveral = a.InSeveral + b.InSeveral,
            OutcomesWithoutExposure = a.OutcomesWithoutExposure + b.OutcomesWithoutExposure,
            OutcomesTooLate = a.OutcomesTooLate + b.OutcomesTooLate,
            First = a.First is null || b.First < a.First ? b.First : a.First,
            Last = a.Last is null || b.Last > a.Last ? b.Last : a.Last,
            ByDay = Both(a.ByDay, b.ByDay, d => $"{d.Day:O} {d.Variant}", (x, y) => x with { Units = x.Units + y.Units }),
        };

    private static VariantSums Of(VariantSums a, VariantSums b) => new(a.Variant, a.Units + b.Units, [.. a.Metrics.Zip(b.Metrics, Of)]);

    private static MetricSums Of(MetricSums a, MetricSums b) =>
        new(a.Metric)
        {
            UnitMeans = Moments.Merge(a.UnitMeans, b.UnitMeans),
            Ratio = PairMoments.Merge(a.Ratio, b.Ratio),
            Covariate = PairMoments.Merge(a.Covariate, b.Covariate),
            MeanCovariate = PairMoments.Merge(a.MeanCovariate, b.MeanCovariate),
            Positive = a.Positive + b.Positive,
            Outcomes = a.Outcomes + b.Outcomes,
            NotFinite = a.NotFinite + b.NotFinite,
            Values = a.Values is { } values ? QuantileSketch.Merge(values, b.Values!) : null,
        };

    /// <summary>What both have is merged, what one has is taken over, in order of the key.</summary>
    private static IReadOnlyList<T> Both<T>(IReadOnlyList<T> a, IReadOnlyList<T> b, Func<T, string> key, Func<T, T, T> merge) =>
        [.. a.Concat(b).GroupBy(key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Aggregate(merge))];
}
