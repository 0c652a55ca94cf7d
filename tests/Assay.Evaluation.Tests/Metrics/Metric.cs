using Assay.Catalogs;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Tests.Metrics;

/// <summary>Metrics from the lines of a benchmark file, and what they say.</summary>
internal static class Metric
{
    /// <summary>The metric of one entry, written as in a file.</summary>
    public static IMetric Of(string yaml, MetricSources? sources = null) => MetricCatalog.Create(Entry(yaml), sources ?? MetricSources.None);

    public static MetricEntry Entry(string yaml) => CatalogFile.Parse<MetricEntry>(yaml, "bench.yaml").ShouldHaveSingleItem();

    public static Measurement Measure(this IMetric metric, string? expected, string answer) =>
        metric.Measure(new Case("1", "What?") { Expected = expected }, new Answer(answer, "test"));

    public static Measurement Measure(this IMetric metric, Case asked, Answer answer) => metric.MeasuredAs(asked, answer).GetAwaiter().GetResult().Result;

    public static async Task<Measured> MeasuredAs(this IMetric metric, Case asked, Answer answer) =>
        await metric.MeasureAsync(asked, answer, repeat: 0, TestContext.Current.CancellationToken);

    /// <summary>The value, which has to be one.</summary>
    public static double Score(this IMetric metric, string? expected, string answer) =>
        metric.Measure(expected, answer).ShouldBeOfType<Measurement.Value>().Score;
}
