using System.Diagnostics;
using Assay.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Assay.Observability.Tracing;

/// <summary>Assay's tracing on OpenTelemetry's builder.</summary>
public static class AssayTracing
{
    /// <summary>
    /// Listens to the registered sources, samples (failed and slow traces are always kept), copies allowed baggage to spans, measures
    /// span durations and exports to the file, the console and the OTLP receiver that <paramref name="options"/> name.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">Rates, paths and addresses.</param>
    /// <param name="meter">Gets durations and drops.</param>
    /// <param name="console">Where lines go when <see cref="ObservabilityOptions.TraceConsoleOutput"/> is on.</param>
    /// <param name="exporters">Further exporters; each gets a span as soon as it is known that the span is kept.</param>
    /// <exception cref="AssayException">The trace file cannot be written (exit code 4).</exception>
    public static TracerProviderBuilder AddAssayTracing(
        this TracerProviderBuilder builder,
        ObservabilityOptions options,
        ObservabilityMeter meter,
        TextWriter console,
        params IReadOnlyList<BaseExporter<Activity>> exporters
    )
    {
        var exporting = exporters
            .Select(e => (BaseProcessor<Activity>)new SimpleActivityExportProcessor(e))
            .Concat(Configured(options, meter, console))
            .ToList();
        builder
            .AddSource([.. TelemetryRegistry.Default.Spans.Select(s => s.Source).Concat(options.TraceSources).Distinct()])
            .SetSampler(new HeadSampler(options.TraceSampleRate))
            .AddProcessor(new BaggageToSpans(options.BaggageKeys))
            .AddProcessor(new SpanDurations(meter));
        return exporting.Count == 0 ? builder : builder.AddProcessor(new TailSampling(exporting, TimeSpan.FromMilliseconds(options.SloLatencyP99Ms), meter));
    }

    private static IEnumerable<BaseProcessor<Activity>> Configured(ObservabilityOptions options, ObservabilityMeter meter, TextWriter console)
    {
        if (options.TraceFilePath.Length > 0)
        {
            var backlog = new Backlog();
            yield return new BoundedBatch(new JsonlTraceExporter(options.TraceFilePath, meter, MaxValueLength, backlog), backlog, meter);
        }

        if (options.TraceConsoleOutput)
        {
            yield return new SimpleActivityExportProcessor(new ConsoleTraceExporter(console));
        }

        if (options.OtlpEndpoint is { } endpoint)
        {
            var backlog = new Backlog();
            yield return new BoundedBatch(new OtlpSpans(OtlpSpans.To(endpoint, options.OtlpOverGrpc), backlog, meter), backlog, meter);
        }
    }

    private const int MaxValueLength = 4_096;
}
