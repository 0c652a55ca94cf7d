using Assay.Rag.Settings;
using Assay.Rag.Summaries;
using Assay.Tests.Observability;
using OpenTelemetry.Metrics;

namespace Assay.Tests.Rag;

/// <summary>What a run says of its own telemetry is what the exporters show.</summary>
[Collection(AloneInProcess.Name)]
public sealed class RagPipelineTests
{
    private static readonly string[] Stages = ["dense", "sparse", "rerank", "export"];

    [Fact]
    public async Task Emitted_means_that_the_samples_were_read_back()
    {
        using var bed = new PipelineBed();
        var observed = await bed.RunAsync(nvidiaSmi: null);
        observed.Emissions.Metrics.Keys.ShouldBe(Stages);
        foreach (var (stage, metric) in observed.Emissions.Metrics)
        {
            metric.ShouldBe(
                new MetricEmission($"rag_{stage}_latency_seconds", "emitted", (long)observed.Page!.Value($"rag_{stage}_latency_seconds_count")!, Reason: null)
            );
        }

        observed.Emissions.Spans.ShouldAllBe(s => s.Value.Status == "active" && s.Value.Reason == null);
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("sparse")]
    [InlineData("rerank")]
    [InlineData("export")]
    public async Task Without_its_instrument_a_stage_is_skipped_and_the_others_are_not(string gone)
    {
        var name = $"rag_{gone}_latency_seconds";
        using var bed = new PipelineBed(page => page.View = i => i.Name == name ? MetricStreamConfiguration.Drop : null);
        var observed = await bed.RunAsync(nvidiaSmi: null);
        observed.Emissions.Metrics[gone].ShouldBe(new MetricEmission(name, "skipped", 0, $"the exporter's page has no sample of {name}"));
        observed.Emissions.Metrics.Where(m => m.Key != gone).ShouldAllBe(m => m.Value.Status == "emitted");
        observed.Emissions.Footer().ShouldContain($"rag.{gone}: skipped (the exporter's page has no sample of {name})");
        observed.Emissions.Footer().Count(l => l.Contains(": emitted (")).ShouldBe(Stages.Length - 1);
    }

    [Fact]
    public async Task Without_metrics_every_status_is_skipped_with_the_reason()
    {
        using var bed = new PipelineBed(metrics: false);
        var observed = await bed.RunAsync(nvidiaSmi: null);
        observed.Page.ShouldBeNull();
        observed.Emissions.Metrics.Keys.ShouldBe(Stages);
        observed.Emissions.Metrics.Values.ShouldAllBe(m => m.Status == "skipped" && m.Samples == 0 && m.Reason == "metrics are off");
        observed.Emissions.Spans.Values.ShouldAllBe(s => s.Status == "active");
    }

    [Fact]
    public async Task Without_tracing_every_span_is_skipped_with_the_reason()
    {
        using var bed = new PipelineBed(tracing: false);
        var observed = await bed.RunAsync(nvidiaSmi: null);
        observed.Emissions.Spans.Values.ShouldAllBe(s => s.Status == "skipped" && s.Spans == 0 && s.Reason == "tracing is off");
        observed.Emissions.Metrics.Values.ShouldAllBe(m => m.Status == "emitted");
        observed.Summary.TraceId.ShouldBeNull();
    }

    [Fact]
    public async Task A_stage_that_is_off_is_in_no_list_but_that_of_reasons()
    {
        using var bed = new PipelineBed();
        var observed = await bed.RunAsync(nvidiaSmi: null, new SettingWish("rerank", "false", "env:ASSAY__RAG__RERANK"));
        observed.Emissions.Metrics.Keys.ShouldNotContain("rerank");
        observed.Emissions.Spans.Keys.ShouldNotContain("rag.rerank");
        observed.Emissions.Disabled.ShouldHaveSingleItem().ShouldBe(new("rerank", "disabled via env:ASSAY__RAG__RERANK"));
        observed.Summary.RerankRun.ShouldBeNull();
        observed.Run.Manifest!.Files.Keys.ShouldNotContain(f => f.Contains("neighbour"));
    }

    [Fact]
    public async Task Every_result_names_each_stage_and_what_became_of_it()
    {
        using var bed = new PipelineBed();
        var observed = await bed.RunAsync(nvidiaSmi: null);
        foreach (var (query, result) in observed.Run.Results)
        {
            result.Stages.Select(s => s.Stage).ShouldBe(["dense", "sparse", "fuse", "rerank"]);
            result.Passages.Count.ShouldBe(query.Id == "none" ? 0 : Math.Min(10, observed.Run.ChunkCount));
            result.Passages.Select(p => p.Rank).ShouldBe(Enumerable.Range(1, result.Passages.Count));
        }

        observed.Run.Results.Single(r => r.Query.Id == "none").Result.Stages.Count(s => s.Status == "fallback").ShouldBe(3);
        observed.Run.Results.Single(r => r.Query.Id == "roll").Result.Passages[0].Chunk.DocumentId.ShouldBe("en/rollback.md");
    }
}
