using Assay.Observability;
using Assay.Observability.Prometheus;
using Assay.Observability.Tracing;
using Assay.Rag;
using Assay.Rag.Gpu;
using Assay.Rag.Judgements;
using Assay.Rag.Settings;
using Assay.Rag.Summaries;
using Assay.Telemetry;
using Assay.Tests.Cli;

namespace Assay.Tests.Rag;

/// <summary>What a run did and what its exporters show of it.</summary>
internal sealed record ObservedRun(RagRun Run, EmissionReport Emissions, PrometheusPage? Page, ProcessingSummary Summary);

/// <summary>The pipeline on a small corpus, observed as a command observes it. A collector hears the whole process: use it where nothing runs beside it.</summary>
internal sealed class PipelineBed : IDisposable
{
    private readonly CliPlace place = new();
    private readonly ObservabilityOptions options;
    private readonly SpanTally spans = new();
    private readonly ObservabilitySetup setup;
    private readonly RagTelemetry telemetry;
    private readonly GpuLease lease;

    public PipelineBed(Action<PrometheusOptions>? page = null, bool tracing = true, bool metrics = true)
    {
        place.WriteSmallCorpus();
        place.WriteQueries();
        options = new ObservabilityOptions
        {
            TraceFilePath = "",
            LogFilePath = "",
            TracingEnabled = tracing,
            MetricsEnabled = metrics,
        };
        setup = ObservabilitySetup.Start(options, TextWriter.Null, new ObservabilityHooks { Prometheus = page, TraceExporters = _ => [spans] });
        telemetry = new RagTelemetry(TelemetryRegistry.Default, TimeProvider.System);
        lease = new GpuLease(place["lease"]);
    }

    /// <summary>Runs with the wishes of a command line.</summary>
    /// <param name="nvidiaSmi">The program to ask for GPU memory; null for a machine without one.</param>
    /// <param name="wishes">Settings that differ from the default.</param>
    public async Task<ObservedRun> RunAsync(string? nvidiaSmi, params SettingWish[] wishes)
    {
        var settings = ResolvedSettings.Resolve(configuration: null, new Dictionary<string, string>(), wishes);
        var gpu = new GpuTelemetry(new GpuProbe(nvidiaSmi ?? place["none"]), lease);
        var request = new RagRequest([place["docs"]], Query.ReadAll(place["queries.jsonl"]), place["out"]);
        var run = await new RagPipeline(settings, telemetry, gpu, _ => { }, threads: 1).RunAsync(request, TestContext.Current.CancellationToken);
        setup.Flush(Patience.Longest);
        var page = setup.MetricsPage is { } exporter ? PrometheusText.Parse(exporter.Scrape()) : null;
        var emissions = EmissionReport.Read(settings, page, options.TracingEnabled ? spans : null);
        return new ObservedRun(run, emissions, page, ProcessingSummary.Of(run, emissions, gpu.Baseline(), gpu.LeaseEvents, traceFile: null));
    }

    public void Dispose()
    {
        telemetry.Dispose();
        setup.Dispose();
        lease.Dispose();
        place.Dispose();
    }
}
