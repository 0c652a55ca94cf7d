using Assay.Observability.Logging;
using Assay.Observability.Metrics;
using Assay.Telemetry;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace Assay.Observability.Hosting;

/// <summary>Observability of a service in one line.</summary>
public static class AssayObservability
{
    /// <summary>ASP.NET's own spans of requests, and .NET's own of outgoing calls.</summary>
    private static readonly string[] FrameworkSources = [RequestSpan.Source, "System.Net.Http"];

    /// <summary>Categories whose records repeat what the observer logs; from them warnings and above are kept.</summary>
    private static readonly string[] Wordy = ["Microsoft.AspNetCore", "System.Net.Http"];

    /// <summary>
    /// Adds spans, correlation, logs and metrics to a host: requests and outgoing calls are traced and measured, <c>X-Correlation-ID</c> is taken and
    /// given back, logs become JSON lines, spans and logs are sent over OTLP, and <c>/metrics</c> is served to callers on this machine.
    /// A receiver that is down costs the service nothing: queues are bounded, and what does not fit is counted in <c>assay_telemetry_dropped_total</c>.
    /// </summary>
    /// <param name="builder">The host; its configuration section <c>Assay:Observability</c> and the environment set the options.</param>
    /// <param name="configure">Changes the options after configuration and environment.</param>
    /// <param name="hooks">Further sources, readers and exporters.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="AssayException">A setting is wrong, or it is called twice (exit code 2). A file that cannot be written stops the host's start (exit code 4).</exception>
    public static IHostApplicationBuilder AddAssayObservability(
        this IHostApplicationBuilder builder,
        Action<ObservabilityOptions>? configure = null,
        ObservabilityHooks? hooks = null
    )
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(ObservabilitySetup)))
        {
            throw AssayException.Usage("AddAssayObservability was called twice on one host.", "Call it once, with one configure and one set of hooks.");
        }

        var options = HostedOptions.Read(builder.Configuration, configure);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(services => ObservabilitySetup.Start(options, Console.Error, Extended(hooks, services)));
        builder.Services.AddSingleton(_ => new RequestMetrics(TelemetryRegistry.Default));
        builder.Services.AddSingleton(services => new QualityRecorder(
            TelemetryRegistry.Default,
            ComponentLoggers.Create(services.GetRequiredService<ILoggerFactory>(), GuardrailLog.Component)
        ));
        builder.Services.AddSingleton(services => new GenAiSpans(TelemetryRegistry.Default, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<RequestObserver>();
        builder.Services.AddSingleton<IStartupFilter, ObservedPipeline>();
        builder.Services.AddHostedService<ObservedLifetime>();
        builder.Services.AddHostedService(_ => new ProcessMetrics(TelemetryRegistry.Default));
        AddLogs(builder, options);
        return builder;
    }

    private static ObservabilityHooks Extended(ObservabilityHooks? hooks, IServiceProvider services)
    {
        hooks ??= new ObservabilityHooks();
        return hooks with
        {
            Time = hooks.Time ?? services.GetRequiredService<TimeProvider>(),
            Traces = traces =>
            {
                traces.AddSource(FrameworkSources);
                hooks.Traces?.Invoke(traces);
            },
        };
    }

    private static void AddLogs(IHostApplicationBuilder builder, ObservabilityOptions options)
    {
        builder.Services.AddSingleton<ILoggerProvider>(services => new HostedLog(services.GetRequiredService<ObservabilitySetup>().Log));
        Limit<HostedLog>(builder.Logging, options.LogLevel);
        if (options.OtlpEndpoint is { } endpoint)
        {
            builder.Logging.AddOpenTelemetry();
            builder
                .Services.AddOptions<OpenTelemetryLoggerOptions>()
                .Configure<ObservabilitySetup>((log, setup) => log.AddAssayLogs(options, endpoint, setup.Meter));
            Limit<OpenTelemetryLoggerProvider>(builder.Logging, options.LogLevel);
        }
    }

    private static void Limit<T>(ILoggingBuilder logging, LogLevel level)
        where T : ILoggerProvider
    {
        logging.AddFilter<T>(category: null, level);
        foreach (var category in Wordy)
        {
            logging.AddFilter<T>(category, level > LogLevel.Warning ? level : LogLevel.Warning);
        }
    }
}
