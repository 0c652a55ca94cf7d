using System.Text;
using OpenTelemetry.Metrics;

namespace Assay.Observability.Prometheus;

/// <summary>Chooses the table for a metric stream.</summary>
internal static class SeriesTables
{
    public static SeriesTable Create(Metric metric, PrometheusFormat format)
    {
        var name = PrometheusName.OfMetric(metric.Name);
        var bytes = Encoding.UTF8.GetBytes(name);
        var isOpen = format == PrometheusFormat.OpenMetrics;

        // OpenMetrics allows exemplars on counters and buckets alone.
        var isCounter = isOpen && FamilyHeader.TypeOf(name, metric.MetricType, format) == "counter";
        return metric.MetricType switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => new ScalarTable<long, LongSum>(metric, bytes, isCounter),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => new ScalarTable<double, DoubleSum>(metric, bytes, isCounter),
            MetricType.LongGauge => new ScalarTable<long, LongGauge>(metric, bytes, showsExemplars: false),
            MetricType.DoubleGauge => new ScalarTable<double, DoubleGauge>(metric, bytes, showsExemplars: false),
            MetricType.Histogram => new HistogramTable(metric, name, isOpen),
            MetricType.ExponentialHistogram => new ExponentialTable(metric, name, isOpen),
            _ => throw new InvalidOperationException($"The page cannot show the kind {metric.MetricType} of '{metric.Name}'."),
        };
    }
}
