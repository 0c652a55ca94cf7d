using Assay.Files;
using Assay.Observability;
using Assay.Observability.Prometheus;
using Assay.Observability.Tracing;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Observing;

/// <summary>
/// The telemetry of one command from start to end: tracing and metrics set up from the environment, the metrics page served or written as asked,
/// and what was emitted read back.
/// </summary>
internal sealed class ObservedCommand : IAsyncDisposable
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(10);

    private readonly ObservabilitySetup setup;
    private readonly ObservingRequest request;
    private readonly CommandSurroundings surroundings;
    private readonly MetricsEndpoint? endpoint;

    private ObservedCommand(
        ObservabilitySetup setup,
        ObservingRequest request,
        CommandSurroundings surroundings,
        SpanTally? spans,
        MetricsEndpoint? endpoint,
        string? traceFile
    )
    {
        this.setup = setup;
        this.request = request;
        this.surroundings = surroundings;
        this.endpoint = endpoint;
        Spans = spans;
        TraceFile = traceFile;
    }

    /// <summary>Spans that reached the exporters; null when tracing is off.</summary>
    public SpanTally? Spans { get; }

    /// <summary>Where spans are written; null for nowhere.</summary>
    public string? TraceFile { get; }

    /// <summary>Where the work logs.</summary>
    public ILoggerFactory Loggers => setup.LoggerFactory;

    /// <summary>The clock.</summary>
    public TimeProvider Time => surroundings.Time;

    /// <summary>Starts the telemetry.</summary>
    /// <param name="request">How metrics are shown.</param>
    /// <param name="startsAtZero">Which series are there before their first event, by their labels.</param>
    /// <param name="output">Folder for traces and log where the environment names no other place; null for none.</param>
    /// <param name="surroundings">The command's world.</param>
    public static async Task<ObservedCommand> StartAsync(
        ObservingRequest request,
        Func<IReadOnlyDictionary<string, string>, bool> startsAtZero,
        string? output,
        CommandSurroundings surroundings
    )
    {
        var options = Options(output, surroundings.Environment);
        if (!options.MetricsEnabled && (request.Port is not null || request.File is not null))
        {
            throw MetricsOff();
        }

        if (request.File is { } file)
        {
            CheckWritable(file);
        }

        var spans = options.TracingEnabled ? new SpanTally() : null;
        var hooks = new ObservabilityHooks
        {
            TraceExporters = _ => spans is null ? [] : [spans],
            Prometheus = page => page.StartsAtZero = (_, labels) => startsAtZero(labels),
        };
        var setup = ObservabilitySetup.Start(options, surroundings.Error, hooks);
        try
        {
            if (request.File is not null)
            {
                // Before the work, not after it: a file that cannot be made is a fault of the command line.
                Page(setup);
            }

            var endpoint = request.Port is { } port ? await MetricsEndpoint.StartAsync(port, Page(setup)) : null;
            if (endpoint is not null)
            {
                await surroundings.Error.WriteLineAsync($"metrics: {endpoint.Address}");
            }

            return new ObservedCommand(
                setup,
                request,
                surroundings,
                spans,
                endpoint,
                options is { TracingEnabled: true, TraceFilePath.Length: > 0 } ? options.TraceFilePath : null
            );
        }
        catch
        {
            setup.Dispose();
            throw;
        }
    }

    /// <summary>Scrapes the metrics page as Prometheus would and reads it back; null when metrics are off.</summary>
    public PrometheusPage? Scrape()
    {
        setup.Flush(FlushLimit);
        return setup.MetricsPage is { } page ? PrometheusText.Parse(page.Scrape()) : null;
    }

    /// <summary>Writes the metrics file, lets scrapers come once more, and ends.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        setup.Flush(FlushLimit);
        if (request.File is { } file)
        {
            MetricsFile.Write(file, Page(setup));
        }

        if (endpoint is not null && request.Linger > TimeSpan.Zero)
        {
            await surroundings.Error.WriteLineAsync($"metrics: served for {request.Linger.TotalSeconds:0.#} s more at {endpoint.Address}");
            await Task.Delay(request.Linger, surroundings.Time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (endpoint is not null)
        {
            await endpoint.DisposeAsync();
        }

        setup.Dispose();
    }

    /// <summary>Long work must not end in an error that could have been seen before it.</summary>
    private static void CheckWritable(string file)
    {
        AtomicFile.WriteText(file + ".check", "");
        File.Delete(file + ".check");
    }

    private static PrometheusExporter Page(ObservabilitySetup setup) => setup.MetricsPage ?? throw MetricsOff();

    private static AssayException MetricsOff() =>
        AssayException.Usage(
            "Metrics are asked for, but ASSAY__OBSERVABILITY__METRICS_ENABLED is false.",
            "Unset the variable, or leave --metrics-port and --metrics-file out."
        );

    private static ObservabilityOptions Options(string? output, IReadOnlyDictionary<string, string> environment)
    {
        var options = ObservabilityOptions.FromEnvironment(environment);
        if (!Names(environment, "TRACE_FILE_PATH", "TRACEFILEPATH"))
        {
            options.TraceFilePath = output is null ? "" : Path.Combine(output, "traces", "traces.jsonl");
        }

        if (!Names(environment, "LOG_FILE_PATH", "LOGFILEPATH"))
        {
            options.LogFilePath = output is null ? "" : Path.Combine(output, "logs", "app.log");
        }

        return options;
    }

    private static bool Names(IReadOnlyDictionary<string, string> environment, params string[] settings) =>
        settings.Any(s => environment.ContainsKey("ASSAY__OBSERVABILITY__" + s));
}
