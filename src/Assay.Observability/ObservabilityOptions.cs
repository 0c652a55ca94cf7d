using Assay.Observability.Correlations;
using Microsoft.Extensions.Logging;

namespace Assay.Observability;

/// <summary>How the process is observed. The names in capitals under <c>ASSAY__OBSERVABILITY__</c> set them from the environment.</summary>
public sealed class ObservabilityOptions
{
    /// <summary>Resource attribute <c>service.name</c>. The default is <c>rag-service</c>.</summary>
    public string ServiceName { get; set; } = "rag-service";

    /// <summary>Resource attribute <c>service.version</c>. The default is the version of Assay.</summary>
    public string ServiceVersion { get; set; } = typeof(ObservabilityOptions).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    /// <summary>Resource attribute <c>deployment.environment</c>. The default is <c>development</c>.</summary>
    public string Environment { get; set; } = "development";

    /// <summary>Whether spans are recorded at all. The default is true.</summary>
    public bool TracingEnabled { get; set; } = true;

    /// <summary>Whether every exported span is also written as one readable line on standard error. The default is false.</summary>
    public bool TraceConsoleOutput { get; set; }

    /// <summary>Whether a log line is a JSON object; false writes plain text. The default is true.</summary>
    public bool StructuredLogging { get; set; } = true;

    /// <summary>Whether metrics are collected. The default is true.</summary>
    public bool MetricsEnabled { get; set; } = true;

    /// <summary>The file that gets one JSON object per span; empty for none. The default is <c>logs/traces.jsonl</c>.</summary>
    public string TraceFilePath { get; set; } = "logs/traces.jsonl";

    /// <summary>The share of new traces that is exported, 0 to 1. Failed and slow traces are exported whatever it is. The default is 1.</summary>
    public double TraceSampleRate { get; set; } = 1.0;

    /// <summary>The lowest level that is logged. The default is information.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>The file that gets the log; empty for none. The default is <c>logs/app.log</c>.</summary>
    public string LogFilePath { get; set; } = "logs/app.log";

    /// <summary>The most label combinations that one metric may have, 1 to 1,000,000. The default is 10,000.</summary>
    public int MetricsMaxSamples { get; set; } = 10_000;

    /// <summary>The share of requests that the default SLO wants answered without an error, above 0 and below 1. The default is 0.999.</summary>
    public double SloAvailabilityTarget { get; set; } = 0.999;

    /// <summary>
    /// 99 % of requests take at most so long by the default SLO; a trace whose local root lasts longer is exported even when it was not sampled.
    /// In milliseconds; the default is 500.
    /// </summary>
    public double SloLatencyP99Ms { get; set; } = 500;

    /// <summary>The share of scores that the default SLO wants good (0.5 or more), above 0 and below 1. The default is 0.8.</summary>
    public double SloQualityTarget { get; set; } = 0.8;

    /// <summary>The share of calls of models, tools and searches that may fail by the default SLO, above 0 and below 1. The default is 0.001.</summary>
    public double SloErrorRateTarget { get; set; } = 0.001;

    /// <summary>Where alerts of SLOs are sent; null, the default, for nowhere.</summary>
    public Uri? AlertWebhookUrl { get; set; }

    /// <summary>Signs what is sent to <see cref="AlertWebhookUrl"/>, 16 to 256 characters; null, the default, for unsigned messages. It is never logged.</summary>
    public string? AlertWebhookSecret { get; set; }

    /// <summary>
    /// Where spans and logs are sent over OTLP; null for nowhere. <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> sets it too. The default is null;
    /// in a host that calls <c>AddAssayObservability</c> it is where a hub listens: <c>http://127.0.0.1:4318</c>, over gRPC <c>http://127.0.0.1:4317</c>.
    /// </summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>Whether OTLP goes over gRPC and not over HTTP with protobuf. The default is false.</summary>
    public bool OtlpOverGrpc { get; set; }

    /// <summary>Baggage that is copied to spans when they start and to log lines. The default is <c>correlation.id</c> alone.</summary>
    public IReadOnlyList<string> BaggageKeys { get; set; } = [Correlation.BaggageKey];

    /// <summary>Names of further activity sources that are listened to, at most 64; a name may end in <c>*</c>. The default is none.</summary>
    public IReadOnlyList<string> TraceSources { get; set; } = [];

    /// <summary>Names of further meters that are collected, at most 64; a name may end in <c>*</c>. The default is none.</summary>
    public IReadOnlyList<string> Meters { get; set; } = [];

    /// <summary>Defaults, overridden by what <paramref name="variables"/> says.</summary>
    /// <exception cref="AssayException">One or more values are wrong; the message names every variable with what it may be (exit code 2).</exception>
    public static ObservabilityOptions FromEnvironment(IReadOnlyDictionary<string, string> variables)
    {
        var options = new ObservabilityOptions();
        var faults = ObservabilityVariables.Apply(options, variables);
        return faults.Count == 0
            ? options
            : throw AssayException.Usage(string.Join(" ", faults), "Correct these environment variables or unset them to use the defaults.");
    }
}
