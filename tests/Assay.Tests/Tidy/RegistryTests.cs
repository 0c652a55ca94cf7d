using System.Text.RegularExpressions;
using Assay.Telemetry;

namespace Assay.Tests.Tidy;

/// <summary>What may be emitted: closed label sets, honest names, and the names that others rely on, written out once more.</summary>
public sealed partial class RegistryTests
{
    // Beyond this a metric costs a server more than it tells.
    private const int MostSeries = 200;

    private static readonly double[] SpecifiedBuckets = [0.1, 0.5, 1, 2.5, 5, 10];

    private static TelemetryRegistry Registry => TelemetryRegistry.Default;

    [Fact]
    public void The_shipped_registry_has_no_faults() => Registry.Metrics.SelectMany(Faults).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_faults()
    {
        var good = new MetricDefinition("x_seconds", MetricType.Histogram, "s", "Time.", "Assay.Rag", [1, 2], [new("stage", ["dense"])]);
        Faults(good).ShouldBeEmpty();
        Faults(good with { Buckets = [2, 1] }).ShouldHaveSingleItem().ShouldContain("ascend");
        Faults(good with { Buckets = [] }).ShouldHaveSingleItem().ShouldContain("buckets");
        Faults(good with { Labels = [new("stage", [])] }).ShouldHaveSingleItem().ShouldContain("closed");
        Faults(good with { Labels = [new("stage", ["a", "a"])] }).ShouldHaveSingleItem().ShouldContain("twice");
        Faults(good with { Labels = [new("id", [.. Enumerable.Range(0, 201).Select(i => $"v{i}")])] }).ShouldHaveSingleItem().ShouldContain("series");
        Faults(good with { Labels = [new("operation", ["other"], OwnValues: 200)] }).ShouldHaveSingleItem().ShouldContain("series");
        Faults(good with { Labels = [new("operation", ["GET /"], OwnValues: 3)] }).ShouldHaveSingleItem().ShouldContain("other");
        Faults(good with { Type = MetricType.Counter, Buckets = [] }).ShouldHaveSingleItem().ShouldContain("_total");
        Faults(good with { Unit = "By" }).ShouldHaveSingleItem().ShouldContain("_bytes");
        Faults(good with { Help = "" }).ShouldHaveSingleItem().ShouldContain("help");
    }

    [Fact]
    public void Names_are_registered_once()
    {
        Registry.Metrics.Select(m => m.Name).ShouldBeUnique();
        Registry.Spans.Select(s => s.Name).ShouldBeUnique();
        Registry.Attributes.Select(a => a.Name).ShouldBeUnique();
    }

    [Theory]
    [InlineData("rag_dense_latency_seconds")]
    [InlineData("rag_sparse_latency_seconds")]
    [InlineData("rag_rerank_latency_seconds")]
    [InlineData("rag_export_latency_seconds")]
    public void The_specified_latency_histograms_have_the_specified_buckets(string name)
    {
        var metric = Registry.Metric(name);
        metric.Type.ShouldBe(MetricType.Histogram);
        metric.Unit.ShouldBe("s");
        metric.Buckets.Where(b => b > 0.05).ShouldBe(SpecifiedBuckets);
    }

    [Fact]
    public void The_specified_GPU_gauge_is_labelled_by_stage()
    {
        var metric = Registry.Metric("rag_gpu_peak_bytes");
        metric.Type.ShouldBe(MetricType.Gauge);
        metric.Unit.ShouldBe("By");
        metric.Labels.ShouldHaveSingleItem().Name.ShouldBe("stage");
        metric.Labels[0].Values.ShouldBe(["dense", "sparse", "rerank", "export"]);
    }

    [Theory]
    [InlineData("rag.dense", "latency_ms batch_size gpu_peak_gb models_executed chunks_per_second")]
    [InlineData("rag.sparse", "batch_size coverage_ratio fallback_used fallback_reason")]
    [InlineData("rag.rerank", "latency_ms batch_size gpu_peak_gb candidate_count fallback_used fallback_reason")]
    [InlineData("rag.export", "latency_ms batch_size file_count total_size_mb export_vectors export_sparse_vectors export_chunks")]
    public void The_specified_spans_have_the_specified_attributes(string name, string attributes)
    {
        var span = Registry.Spans.Where(s => s.Name == name).ShouldHaveSingleItem();
        attributes.Split(' ').Except(span.Attributes).ShouldBeEmpty();
    }

    [Fact]
    public void Every_span_can_be_told_apart_in_span_durations()
    {
        var known = Registry.Metric("assay_span_duration_seconds").Labels.Single(l => l.Name == "span").Values;
        Registry.Spans.Select(s => s.Name).Append("other").Except(known).ShouldBeEmpty();
    }

    private static IEnumerable<string> Faults(MetricDefinition m)
    {
        var suffix = m.Type == MetricType.Counter ? "_total" : UnitSuffix(m.Unit);
        var series = m.Labels.Aggregate(1L, (n, l) => n * Math.Max(1, l.MostValues));
        (bool Wrong, string What)[] rules =
        [
            (!PlainName().IsMatch(m.Name), "has a name that Prometheus would change"),
            (!m.Name.EndsWith(suffix), $"must end in {suffix}"),
            (m.Type != MetricType.Counter && m.Name.EndsWith("_total"), "ends in _total and counts nothing"),
            (m.Type == MetricType.Histogram && m.Buckets.Count == 0, "has no buckets"),
            (m.Type != MetricType.Histogram && m.Buckets.Count > 0, "has buckets and is no histogram"),
            (m.Buckets.Zip(m.Buckets.Skip(1)).Any(p => p.First >= p.Second), "has buckets that do not ascend"),
            (m.Labels.Any(l => l.Values.Count == 0), "has a label whose values are not a closed set"),
            (m.Labels.Any(l => l.Values.Distinct().Count() < l.Values.Count), "names a label value twice"),
            (m.Labels.Any(l => l.OwnValues > 0 && l.Values is not [.., "other"]), "has a label with own values and no other for the rest"),
            (series > MostSeries, $"may have {series} series, more than {MostSeries}"),
            (m.Help.Length == 0 || m.Meter.Length == 0, "lacks its help or its meter"),
        ];
        return rules.Where(r => r.Wrong).Select(r => $"{m.Name} {r.What}");
    }

    private static string UnitSuffix(string unit) =>
        unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainName();
}
