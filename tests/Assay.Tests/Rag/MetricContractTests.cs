using System.Text;
using Assay.Observability.Prometheus;
using Assay.Telemetry;
using Assay.Tests.Observability;
using Assay.Tests.Rag.Gpu;
using OpenTelemetry.Metrics;

namespace Assay.Tests.Rag;

/// <summary>
/// Dashboards and alerts of others name the pipeline's metrics. The names are written out once more here: a metric that is renamed, taken away or added
/// without a word turns this red.
/// </summary>
[Collection(AloneInProcess.Name)]
public sealed class MetricContractTests
{
    private static readonly string[] Promised =
    [
        "rag_dense_latency_seconds",
        "rag_sparse_latency_seconds",
        "rag_rerank_latency_seconds",
        "rag_export_latency_seconds",
        "rag_gpu_peak_bytes",
        "rag_rerank_score_variance",
        "rag_fallbacks_total",
        "rag_documents_total",
        "assay_span_duration_seconds",
        "assay_log_records_total",
        "assay_telemetry_dropped_total",
    ];

    public static TheoryData<string> Names => [.. Promised];

    [Fact]
    public async Task A_run_emits_every_promised_metric_and_no_other() => (await FaultsOfRunAsync(renamed: null)).ShouldBeEmpty();

    [Fact]
    public async Task The_variance_of_reranked_scores_and_the_reasons_of_fallbacks_are_within_their_range()
    {
        using var smi = FakeNvidiaSmi.Using(2000);
        using var bed = new PipelineBed();
        var page = (await bed.RunAsync(smi.Path)).Page!;
        var variance = page.Families.Single(f => f.Name == "rag_rerank_score_variance").Samples;
        variance.Single(s => s.Name.EndsWith("_count")).Value.ShouldBeGreaterThan(0);
        var last = TelemetryRegistry.Default.Metrics.Single(m => m.Name == "rag_rerank_score_variance").Buckets[^1];
        var mean = variance.Single(s => s.Name.EndsWith("_sum")).Value / variance.Single(s => s.Name.EndsWith("_count")).Value;
        mean.ShouldBeInRange(double.Epsilon, last);
        var reasons = TelemetryRegistry.Default.Metrics.Single(m => m.Name == "rag_fallbacks_total").Labels.Single(l => l.Name == "reason").Values;
        var seen = page.Families.Single(f => f.Name == "rag_fallbacks_total").Samples.Select(s => s.Label("reason")!).ToHashSet();
        seen.ShouldNotBeEmpty();
        seen.ShouldBeSubsetOf(reasons);
    }

    [Fact]
    public void The_registry_holds_every_promised_metric_and_no_other() => Faults(OfPipeline(TelemetryRegistry.Default)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_metric_emitted_under_another_name_is_noticed(string name) =>
        (await FaultsOfRunAsync(name)).ShouldBe([$"{name} is missing", $"{name}_renamed is not promised"]);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_metric_registered_under_another_name_is_noticed(string name)
    {
        var json = Encoding.UTF8.GetString(TelemetryRegistry.EmbeddedJson().Span).Replace($"\"name\": \"{name}\"", $"\"name\": \"{name}_renamed\"");
        var registry = TelemetryRegistry.Parse(Encoding.UTF8.GetBytes(json));
        Faults(OfPipeline(registry)).ShouldBe([$"{name} is missing", $"{name}_renamed is not promised"]);
    }

    // Metrics of services and of the hub are seen where these run.
    private static IEnumerable<string> OfPipeline(TelemetryRegistry registry) =>
        registry.Metrics.Where(m => m.Meter is "Assay.Rag" or "Assay.Observability").Select(m => m.Name);

    private static async Task<IReadOnlyList<string>> FaultsOfRunAsync(string? renamed)
    {
        using var smi = FakeNvidiaSmi.Using(2000);
        using var bed = new PipelineBed(page => page.View = i => i.Name == renamed ? new MetricStreamConfiguration { Name = i.Name + "_renamed" } : null);
        var observed = await bed.RunAsync(smi.Path);
        return Faults(observed.Page!.Families.Where(HasSamples).Select(f => f.Name));
    }

    private static bool HasSamples(PrometheusFamily family) => family.Samples.Count > 0 && family.Name != "target_info";

    private static IReadOnlyList<string> Faults(IEnumerable<string> emitted)
    {
        var names = emitted.ToHashSet();
        return [.. Promised.Where(p => !names.Contains(p)).Select(p => $"{p} is missing"), .. names.Except(Promised).Select(n => $"{n} is not promised")];
    }
}
