namespace Assay.Evaluation.Summaries;

/// <summary>The numbers of a run case by case, which gates and comparisons need.</summary>
/// <param name="Clusters">The cluster of each case.</param>
/// <param name="Metrics">By the name of the metric or resource.</param>
/// <param name="TargetFailures">The share of a case's repeats in which the target failed.</param>
internal sealed record RunSeries(CaseClusters Clusters, IReadOnlyDictionary<string, MetricSeries> Metrics, CaseSeries TargetFailures)
{
    public static readonly RunSeries None = new(new CaseClusters(0), new Dictionary<string, MetricSeries>(), new CaseSeries(0));
}

/// <summary>A metric case by case.</summary>
/// <param name="Values">Its values.</param>
/// <param name="Failures">The share of measurements that failed.</param>
/// <param name="Sum">The sum over all cases and repeats that have a value.</param>
/// <param name="Count">How many these are.</param>
internal sealed record MetricSeries(CaseSeries Values, CaseSeries Failures, double Sum, int Count);
