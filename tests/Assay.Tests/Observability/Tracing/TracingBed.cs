using System.Diagnostics;
using Assay.Observability;
using Assay.Observability.Tracing;
using Assay.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Assay.Tests.Observability.Tracing;

/// <summary>A source of its own with Assay's tracing on it and an exporter in memory.</summary>
internal sealed class TracingBed : IDisposable
{
    private static int sources;
    private readonly TracerProvider provider;

    public TracingBed(ObservabilityOptions? options = null, TextWriter? console = null)
    {
        options ??= new ObservabilityOptions { TraceFilePath = "" };
        Source = new ActivitySource($"Assay.Tests.{Interlocked.Increment(ref sources)}");
        Exporter = new InMemoryTraceExporter(Meter);
        provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ObservabilitySetup.Resource(options))
            .AddSource(Source.Name)
            .AddAssayTracing(options, Meter, console ?? TextWriter.Null, Exporter)
            .Build();
    }

    public ActivitySource Source { get; }

    public ObservabilityMeter Meter { get; } = new(TelemetryRegistry.Default);

    public InMemoryTraceExporter Exporter { get; }

    public IEnumerable<string> Exported => Exporter.Spans.Select(s => s.Name);

    public long Dropped(DropReason reason) => Meter.Dropped(TelemetrySignal.Span, reason);

    public bool Flush() => provider.ForceFlush((int)Patience.Longest.TotalMilliseconds);

    public void Shutdown() => provider.Shutdown(10_000);

    public void Dispose()
    {
        provider.Dispose();
        Source.Dispose();
        Meter.Dispose();
    }
}
