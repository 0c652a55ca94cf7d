using System.Diagnostics;
using Assay.Observability.Logging;
using Assay.Observability.Prometheus;
using Assay.Observability.Slos;
using Assay.Observability.Tracing;
using Assay.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Assay.Observability;

/// <summary>The observability of one process: made from options when it starts, disposed when it ends.</summary>
public sealed class ObservabilitySetup : IDisposable
{
    private readonly JsonLoggerProvider log;
    private readonly MeterProvider? metrics;
    private readonly TracerProvider? traces;

    private ObservabilitySetup(
        ObservabilityMeter meter,
        JsonLoggerProvider log,
        ILoggerFactory loggerFactory,
        MeterProvider? metrics,
        PrometheusExporter? page,
        TracerProvider? traces
    )
    {
        Meter = meter;
        this.log = log;
        LoggerFactory = loggerFactory;
        this.metrics = metrics;
        MetricsPage = page;
        this.traces = traces;
    }

    /// <summary>Makes loggers; see <see cref="ComponentLoggers"/>.</summary>
    public ILoggerFactory LoggerFactory { get; }

    internal JsonLoggerProvider Log => log;

    /// <summary>Where the metrics can be read; null when metrics are off.</summary>
    public PrometheusExporter? MetricsPage { get; }

    /// <summary>What observability says about itself.</summary>
    public ObservabilityMeter Meter { get; }

    /// <summary>Opens the files and starts to listen.</summary>
    /// <param name="options">What is on, and where it goes.</param>
    /// <param name="console">Where <see cref="ObservabilityOptions.TraceConsoleOutput"/> writes, usually standard error.</param>
    /// <param name="hooks">Further readers, exporters and log output of the process.</param>
    /// <exception cref="AssayException">A file cannot be written (exit code 4).</exception>
    public static ObservabilitySetup Start(ObservabilityOptions options, TextWriter console, ObservabilityHooks? hooks = null)
    {
        hooks ??= new ObservabilityHooks();
        var meter = new ObservabilityMeter(TelemetryRegistry.Default);
        JsonLoggerProvider? logging = null;
        MeterProvider? collecting = null;
        try
        {
            logging = new JsonLoggerProvider(options, meter, hooks.LogStream, hooks.Time);
            PrometheusExporter? page = null;
            collecting = options.MetricsEnabled ? BuildMetrics(options, meter, hooks, out page) : null;
            meter.StartAtZero();
            var tracing = options.TracingEnabled ? BuildTraces(options, meter, console, hooks) : null;
            var factory = Microsoft.Extensions.Logging.LoggerFactory.Create(b => b.SetMinimumLevel(options.LogLevel).AddProvider(logging));
            return new ObservabilitySetup(meter, logging, factory, collecting, page, tracing);
        }
        catch
        {
            collecting?.Dispose();
            logging?.Dispose();
            meter.Dispose();
            throw;
        }
    }

    /// <summary>The resource that every span and metric carries: <c>service.name</c>, <c>service.version</c>, <c>deployment.environment</c>.</summary>
    public static ResourceBuilder Resource(ObservabilityOptions options) =>
        ResourceBuilder
            .CreateEmpty()
            .AddTelemetrySdk()
            .AddAttributes([
                new("service.name", options.ServiceName),
                new("service.version", options.ServiceVersion),
                new("deployment.environment", options.Environment),
            ]);

    /// <summary>Writes out everything that waits, so that it can be read back. False when something did not get out in time.</summary>
    /// <param name="timeout">How long to wait for exporters.</param>
    public bool Flush(TimeSpan timeout)
    {
        log.Flush();
        var ms = (int)timeout.TotalMilliseconds;
        return traces?.ForceFlush(ms) ?? true;
    }

    /// <summary>Writes out everything that waits, spans first so that their counts are in the last metrics, and closes all.</summary>
    public void Dispose()
    {
        traces?.Dispose();
        LoggerFactory.Dispose();
        log.Dispose();
        metrics?.Dispose();
        Meter.Dispose();
    }

    private static MeterProvider BuildMetrics(ObservabilityOptions options, ObservabilityMeter meter, ObservabilityHooks hooks, out PrometheusExporter page)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(options))
            .AddMeter([.. TelemetryRegistry.Default.Metrics.Select(m => m.Meter).Concat(options.Meters).Append(SloMetrics.MeterName).Distinct()])
            .AddAssayPrometheus(
                out page,
                prometheus =>
                {
                    prometheus.CardinalityLimit = options.MetricsMaxSamples;
                    prometheus.Dropped = meter.DroppedCounter;
                    hooks.Prometheus?.Invoke(prometheus);
                }
            );
        hooks.Metrics?.Invoke(builder);
        return builder.Build();
    }

    private static TracerProvider BuildTraces(ObservabilityOptions options, ObservabilityMeter meter, TextWriter console, ObservabilityHooks hooks)
    {
        var builder = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource(options));
        builder.AddAssayTracing(options, meter, console, hooks.TraceExporters?.Invoke(meter) ?? []);
        hooks.Traces?.Invoke(builder);
        return builder.Build();
    }
}

/// <summary>What a process adds to <see cref="ObservabilitySetup"/>.</summary>
public sealed record ObservabilityHooks
{
    /// <summary>Changes how the metrics page is made.</summary>
    public Action<PrometheusOptions>? Prometheus { get; init; }

    /// <summary>Adds readers beside the one of the metrics page.</summary>
    public Action<MeterProviderBuilder>? Metrics { get; init; }

    /// <summary>Adds sources and processors.</summary>
    public Action<TracerProviderBuilder>? Traces { get; init; }

    /// <summary>Makes exporters that get each kept span at once, such as an <see cref="InMemoryTraceExporter"/>.</summary>
    public Func<ObservabilityMeter, IReadOnlyList<BaseExporter<Activity>>>? TraceExporters { get; init; }

    /// <summary>Gets the log lines too, such as standard error.</summary>
    public Stream? LogStream { get; init; }

    /// <summary>The clock; the system's when null.</summary>
    public TimeProvider? Time { get; init; }
}
