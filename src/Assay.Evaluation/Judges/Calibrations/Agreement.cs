using Assay.Statistics;
using Assay.Statistics.Ranks;
using Assay.Statistics.Rates;
using Assay.Statistics.Resampling;
using Assay.Statistics.Tables;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>What two raters say of one item, in numbers of one scale.</summary>
/// <param name="First">The first rater.</param>
/// <param name="Second">The second.</param>
/// <param name="Cluster">The item's cluster; null when it is its own.</param>
internal readonly record struct RatedItem(double First, double Second, string? Cluster);

/// <summary>
/// The agreement of two raters with its interval. When items share clusters the interval is a BCa bootstrap over whole clusters, because items of one
/// cluster are no independent evidence.
/// </summary>
internal static class Agreement
{
    private const int Resamples = 999;

    public static AgreementFigure Of(AgreementMeasure measure, string between, IReadOnlyList<RatedItem> items, KappaWeights weights)
    {
        var plain = Plain(measure, items, weights);
        var clusters = items.Index().GroupBy(item => item.Item.Cluster ?? $"\0{item.Index}", item => item.Item).Select(cluster => cluster.ToArray()).ToArray();
        if (plain is not Computed || clusters.Length == items.Count)
        {
            return AgreementFigure.Of(between, plain, items.Count);
        }

        var figure = AgreementFigure.Of(between, plain, items.Count);
        double[] places = [.. Enumerable.Range(0, clusters.Length)];
        var robust = Bootstrap.Interval(places, drawn => Estimate(measure, clusters, drawn, weights), Resamples);
        return robust switch
        {
            Computed { Interval: { } interval } => figure with
            {
                Low = interval.Low,
                High = interval.High,
                Method = Method(figure, robust, clusters),
                Reason = null,
            },
            NotComputable not => figure with { Low = null, High = null, Reason = $"no interval over {clusters.Length} clusters: {not.Reason}" },
            _ => figure with { Low = null, High = null, Reason = $"no interval over {clusters.Length} clusters" },
        };
    }

    private static string Method(AgreementFigure figure, StatisticResult robust, RatedItem[][] clusters) =>
        FormattableString.Invariant($"{figure.Method}; {robust.Method} over {clusters.Length} clusters");

    private static double Estimate(AgreementMeasure measure, RatedItem[][] clusters, ReadOnlySpan<double> drawn, KappaWeights weights)
    {
        var items = new List<RatedItem>();
        foreach (var place in drawn)
        {
            items.AddRange(clusters[(int)place]);
        }

        return Plain(measure, items, weights) is Computed found ? found.Estimate : double.NaN;
    }

    private static StatisticResult Plain(AgreementMeasure measure, IReadOnlyList<RatedItem> items, KappaWeights weights) =>
        measure switch
        {
            AgreementMeasure.Spearman => SpearmanCorrelation.Of([.. items.Select(item => item.First)], [.. items.Select(item => item.Second)]),
            AgreementMeasure.Kappa => CohensKappa.Of(Table(items), weights: weights),
            _ => RateInterval.Wilson(items.LongCount(item => item.First == item.Second), items.Count),
        };

    /// <summary>Counts by category; every whole number between the least and the greatest is one, used or not, so that distances are right.</summary>
    private static long[,] Table(IReadOnlyList<RatedItem> items)
    {
        if (items.Count == 0)
        {
            return new long[1, 1];
        }

        var low = (int)items.Min(item => Math.Min(item.First, item.Second));
        var high = (int)items.Max(item => Math.Max(item.First, item.Second));
        var table = new long[high - low + 1, high - low + 1];
        foreach (var item in items)
        {
            table[(int)item.First - low, (int)item.Second - low]++;
        }

        return table;
    }
}
