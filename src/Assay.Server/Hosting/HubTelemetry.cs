using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assay.Observability;
using Assay.Observability.Prometheus;
using Assay.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Hosting;

/// <summary>
/// The hub's own logs and metrics. It records no spans: the hub would send them to itself, and storing those would make more.
/// </summary>
internal sealed class HubTelemetry : IDisposable
{
    private const string MeterName = "Assay.Server";

    private readonly ObservabilitySetup setup;
    private readonly Meter meter = new(MeterName);
    private readonly Histogram<double> requestDuration;
    private readonly Counter<long> refusals;

    private readonly BoundedLog? log;

    private HubTelemetry(ObservabilitySetup setup, BoundedLog? log)
    {
        (this.setup, this.log) = (setup, log);
        requestDuration = TelemetryRegistry.Default.CreateHistogram(meter, "assay_hub_request_duration_seconds");
        refusals = TelemetryRegistry.Default.CreateCounter(meter, "assay_hub_refusals_total");
    }

    public PrometheusExporter? MetricsPage => setup.MetricsPage;

    /// <exception cref="AssayException">A variable is wrong (exit code 2) or the log cannot be written (exit code 4).</exception>
    public static HubTelemetry Start(HubOptions hub, TimeProvider time)
    {
        var options = ObservabilityOptions.FromEnvironment(hub.Variables);
        options.ServiceName = "assay-hub";
        options.TracingEnabled = false;
        options.OtlpEndpoint = null;
        // A file that was named is somebody's who sees to its size.
        var hasFile = hub.Variables.ContainsKey("ASSAY__OBSERVABILITY__LOG_FILE_PATH");
        var own = hasFile ? null : new BoundedLog(Path.GetFullPath(Path.Combine(hub.DataFolder, "logs", "hub.log")));
        options.LogFilePath = hasFile ? options.LogFilePath : "";
        try
        {
            return new HubTelemetry(ObservabilitySetup.Start(options, TextWriter.Null, new ObservabilityHooks { Time = time, LogStream = own }), own);
        }
        catch
        {
            own?.Dispose();
            throw;
        }
    }

    public ILogger Log(string category) => setup.LoggerFactory.CreateLogger(category);

    /// <summary>Sends the host's log where the hub's goes; what the framework says of each request stays out, addresses hold sign-in codes.</summary>
    public void LogTo(ILoggingBuilder logging) =>
        logging
            .ClearProviders()
            .SetMinimumLevel(LogLevel.Trace)
            .AddProvider(new HubLog(setup.LoggerFactory))
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            // Says at each first start that the keys of forms are not encrypted; their files are the owner's alone.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

    public void Request(HubListener listener, int status, TimeSpan duration) =>
        requestDuration.Record(duration.TotalSeconds, new("listener", ListenerName(listener)), new("status", StatusClass(status)));

    public void Refused(Refusal reason) => refusals.Add(1, new KeyValuePair<string, object?>("reason", RefusalName(reason)));

    public void Dispose()
    {
        setup.Dispose();
        log?.Dispose();
        meter.Dispose();
    }

    private static string ListenerName(HubListener listener) =>
        listener switch
        {
            HubListener.Pages => "pages",
            HubListener.OtlpHttp => "otlp_http",
            HubListener.OtlpGrpc => "otlp_grpc",
            _ => throw new UnreachableException(),
        };

    private static string StatusClass(int status) =>
        (status / 100) switch
        {
            1 or 2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };

    private static string RefusalName(Refusal reason) =>
        reason switch
        {
            Refusal.Host => "host",
            Refusal.Origin => "origin",
            Refusal.Token => "token",
            Refusal.Scope => "scope",
            Refusal.Form => "form",
            Refusal.Rate => "rate",
            _ => throw new UnreachableException(),
        };
}

/// <summary>Hands the host's log records to the hub's log, which decides on their level.</summary>
internal sealed class HubLog(ILoggerFactory log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => log.CreateLogger(categoryName);

    public void Dispose() { }
}

/// <summary>Why a request was refused before any room saw it.</summary>
internal enum Refusal
{
    /// <summary>A host name that is not the hub's.</summary>
    Host,

    /// <summary>A page of another site sent it.</summary>
    Origin,

    /// <summary>A token that is not known, or none where one is needed.</summary>
    Token,

    /// <summary>A token that does not reach so far.</summary>
    Scope,

    /// <summary>A form without its token.</summary>
    Form,

    /// <summary>Too many in a short time.</summary>
    Rate,
}

/// <summary>Measures every request.</summary>
internal sealed class RequestMeter(RequestDelegate next, HubTelemetry telemetry, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<LongLived>() is null)
            {
                telemetry.Request(context.Listener(), context.Response.StatusCode, time.GetElapsedTime(start));
            }
        }
    }
}

/// <summary>Marks endpoints whose answers last as long as their readers want: their time says nothing about the hub.</summary>
internal sealed record LongLived
{
    public static readonly LongLived Instance = new();
}
