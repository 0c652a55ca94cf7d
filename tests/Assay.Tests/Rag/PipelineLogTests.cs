using Assay.Observability;
using Assay.Observability.Prometheus;
using Assay.Rag;
using Assay.Rag.Gpu;
using Assay.Rag.Settings;
using Assay.Telemetry;
using Assay.Tests.Cli;
using Assay.Tests.Observability;

namespace Assay.Tests.Rag;

/// <summary>What the pipeline logs is in the log file and counted on the metrics page.</summary>
[Collection(AloneInProcess.Name)]
public sealed class PipelineLogTests
{
    [Fact]
    public async Task A_bad_document_is_a_line_of_the_log_and_counted_by_level_and_component()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        var bad = place.Write("docs/void.md", "");
        var page = await RunAsync(place, new ObservabilityOptions { TraceFilePath = "", LogFilePath = place["app.log"] });

        var lines = (await File.ReadAllLinesAsync(place["app.log"], TestContext.Current.CancellationToken)).Select(CliPlace.Json).ToList();
        var named = lines.Single(l => l.GetProperty("event").GetString() == "BadDocument");
        named.GetProperty("component").GetString().ShouldBe("read");
        named.GetProperty("level").GetString().ShouldBe("WARNING");
        named.GetProperty("fields").GetProperty("Source").GetString().ShouldBe(bad);
        lines.Select(l => l.GetProperty("component").GetString()).Distinct().Order().ShouldBe(["chunk", "dense", "export", "read", "rerank", "sparse"]);

        Counted(page, "warning", "read").ShouldBe(1);
        foreach (var stage in lines.Where(l => l.GetProperty("level").GetString() == "INFO").CountBy(l => l.GetProperty("component").GetString()!))
        {
            Counted(page, "information", stage.Key).ShouldBe(stage.Value, stage.Key);
        }
    }

    private static async Task<PrometheusPage> RunAsync(CliPlace place, ObservabilityOptions options)
    {
        using var setup = ObservabilitySetup.Start(options, TextWriter.Null);
        using var telemetry = new RagTelemetry(TelemetryRegistry.Default, TimeProvider.System, setup.LoggerFactory);
        using var lease = new GpuLease(place["lease"]);
        var settings = ResolvedSettings.Resolve(configuration: null, new Dictionary<string, string>(), []);
        var gpu = new GpuTelemetry(new GpuProbe(place["none"]), lease);
        var pipeline = new RagPipeline(settings, telemetry, gpu, _ => { }, threads: 1);
        await pipeline.RunAsync(new RagRequest([place["docs"]], [], place["out"]), TestContext.Current.CancellationToken);
        setup.Flush(Patience.Longest);
        return PrometheusText.Parse(setup.MetricsPage!.Scrape());
    }

    private static double? Counted(PrometheusPage page, string level, string component) =>
        page.Value("assay_log_records_total", ("level", level), ("component", component));
}
