using Assay.Evaluation.Summaries;
using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;
using Assay.Statistics.Tables;

namespace Assay.Evaluation.Comparing;

/// <summary>Compares one metric over pairs of cases.</summary>
internal sealed class PairedMetric(MetricSummary metric, ComparedRun baseline, ComparedRun candidate, IReadOnlyList<CasePair> pairs)
{
    private readonly CaseSeries control = baseline.Summary.Series.Metrics[metric.Name].Values;
    private readonly CaseSeries treatment = candidate.Summary.Series.Metrics[metric.Name].Values;

    public MetricComparison Compare()
    {
        var measured = pairs.Where(p => control[p.Baseline] is not null && treatment[p.Candidate] is not null).ToList();
        var (before, after) = (Values(measured, p => control[p.Baseline]!.Value), Values(measured, p => treatment[p.Candidate]!.Value));
        var clusters = measured.Select(p => candidate.Summary.Series.Clusters[p.Candidate]).ToArray();
        var isClustered = CaseClusters.Distinct(clusters) < clusters.Length;
        var (up, down) = (before.Zip(after).Count(v => v.Second > v.First), before.Zip(after).Count(v => v.Second < v.First));
        var (wins, losses) = metric.Scale.HigherIsBetter ? (up, down) : (down, up);
        var isBinary = Array.TrueForAll(before, v => v is 0 or 1) && Array.TrueForAll(after, v => v is 0 or 1);
        var sign = isClustered || measured.Count == 0 ? null : McNemarTest.Test(down, up, measured.Count);
        return new MetricComparison(
            metric.Name,
            metric.Scale.HigherIsBetter,
            metric.Scale.Unit,
            measured.Count,
            measured.Count > 0 ? Moments.Of(before).Mean : null,
            measured.Count > 0 ? Moments.Of(after).Mean : null,
            isBinary && sign is not null ? sign : Difference(before, after, clusters, isClustered),
            wins,
            losses,
            measured.Count - wins - losses,
            sign,
            Changed(measured)
        );
    }

    private static StatisticResult Difference(double[] before, double[] after, int[] clusters, bool isClustered)
    {
        if (!isClustered)
        {
            return PairedTTest.Compare(before, after);
        }

        var differences = before.Zip(after, (b, a) => a - b).ToArray();
        return ClusteredMean.Test<int>(differences, clusters, 0);
    }

    private ChangedCase[] Changed(List<CasePair> measured) =>
        [
            .. measured
                .Select(p => new ChangedCase(candidate.Ids[p.Candidate] ?? "", control[p.Baseline]!.Value, treatment[p.Candidate]!.Value))
                .Where(c => c.Difference != 0)
                .OrderByDescending(c => Math.Abs(c.Difference))
                // Of equal changes the losses come first: they are what a reviewer looks for.
                .ThenBy(c => metric.Scale.HigherIsBetter ? c.Difference : -c.Difference)
                .ThenBy(c => c.Id, StringComparer.Ordinal)
                .Take(MetricComparison.MostChanged),
        ];

    private static double[] Values(List<CasePair> pairs, Func<CasePair, double> value) => [.. pairs.Select(value)];
}
