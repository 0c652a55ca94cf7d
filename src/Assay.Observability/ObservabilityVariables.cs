using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Assay.Observability.Logging;

namespace Assay.Observability;

/// <summary>The environment variables of <see cref="ObservabilityOptions"/>: name, what it may be, and how it is read.</summary>
internal static class ObservabilityVariables
{
    public const string Prefix = "ASSAY__OBSERVABILITY__";

    private const string TextRange = "1 to 128 characters without line breaks";
    private const string PathRange = "a file path, or nothing for no file";
    private const string ShareRange = "a number from 0.000001 to 0.999999";
    private const string SwitchRange = "true or false";
    private const string EndpointRange = "an http or https address, or nothing for nowhere";
    private const string NamesRange = "up to 64 names with commas between them";

    // OTEL_* are the OpenTelemetry specification's own variables; our names win over them because they come later.
    private static readonly Variable[] Foreign =
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", EndpointRange, SetEndpoint),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf or grpc", SetProtocol),
    ];

    private static readonly Variable[] Own =
    [
        new("SERVICE_NAME", TextRange, (o, v) => IsText(v) && Set(() => o.ServiceName = v)),
        new("SERVICE_VERSION", TextRange, (o, v) => IsText(v) && Set(() => o.ServiceVersion = v)),
        new("ENVIRONMENT", TextRange, (o, v) => IsText(v) && Set(() => o.Environment = v)),
        new("TRACING_ENABLED", SwitchRange, (o, v) => bool.TryParse(v, out var on) && Set(() => o.TracingEnabled = on)),
        new("TRACE_CONSOLE_OUTPUT", SwitchRange, (o, v) => bool.TryParse(v, out var on) && Set(() => o.TraceConsoleOutput = on)),
        new("STRUCTURED_LOGGING", SwitchRange, (o, v) => bool.TryParse(v, out var on) && Set(() => o.StructuredLogging = on)),
        new("METRICS_ENABLED", SwitchRange, (o, v) => bool.TryParse(v, out var on) && Set(() => o.MetricsEnabled = on)),
        new("TRACE_FILE_PATH", PathRange, (o, v) => IsPath(v) && Set(() => o.TraceFilePath = v)),
        new("TRACE_SAMPLE_RATE", "a number from 0 to 1", (o, v) => TryNumber(v, 0, 1, out var rate) && Set(() => o.TraceSampleRate = rate)),
        new("LOG_LEVEL", LogLevelNames.Allowed, (o, v) => LogLevelNames.TryParse(v, out var level) && Set(() => o.LogLevel = level)),
        new("LOG_FILE_PATH", PathRange, (o, v) => IsPath(v) && Set(() => o.LogFilePath = v)),
        new("METRICS_MAX_SAMPLES", "a whole number from 1 to 1000000", SetMaxSamples),
        new("SLO_AVAILABILITY_TARGET", ShareRange, (o, v) => TryShare(v, out var share) && Set(() => o.SloAvailabilityTarget = share)),
        new("SLO_LATENCY_P99_MS", "a number above 0, in milliseconds", SetSlowTrace),
        new("SLO_QUALITY_TARGET", ShareRange, (o, v) => TryShare(v, out var share) && Set(() => o.SloQualityTarget = share)),
        new("SLO_ERROR_RATE_TARGET", ShareRange, (o, v) => TryShare(v, out var share) && Set(() => o.SloErrorRateTarget = share)),
        new("ALERT_WEBHOOK_URL", "an http or https address", (o, v) => TryAddress(v, out var address) && Set(() => o.AlertWebhookUrl = address)),
        new("ALERT_WEBHOOK_SECRET", "16 to 256 characters", SetWebhookSecret) { IsSecret = true },
        new("OTLP_ENDPOINT", EndpointRange, SetEndpoint),
        new("OTLP_PROTOCOL", "http/protobuf or grpc", SetProtocol),
        new("BAGGAGE_KEYS", "up to 16 keys with commas between them", SetBaggageKeys),
        new("TRACE_SOURCES", NamesRange, (o, v) => TryNames(v, out var names) && Set(() => o.TraceSources = names)),
        new("METERS", NamesRange, (o, v) => TryNames(v, out var names) && Set(() => o.Meters = names)),
    ];

    /// <summary>Sets what <paramref name="variables"/> names and returns one sentence per fault.</summary>
    public static IReadOnlyList<string> Apply(ObservabilityOptions options, IReadOnlyDictionary<string, string> variables)
    {
        var faults = new List<string>();
        foreach (var variable in Foreign)
        {
            Read(variable, variable.Name, options, variables, faults);
        }

        foreach (var variable in Own)
        {
            // The specification's name, and the form that .NET configuration would bind to the property.
            Read(variable, Prefix + variable.Name, options, variables, faults);
            var bound = variable.Name.Replace("_", "", StringComparison.Ordinal);
            if (bound.Length != variable.Name.Length)
            {
                Read(variable, Prefix + bound, options, variables, faults);
            }
        }

        return faults;
    }

    private static void Read(Variable variable, string key, ObservabilityOptions options, IReadOnlyDictionary<string, string> variables, List<string> faults)
    {
        if (variables.TryGetValue(key, out var value) && !variable.TrySet(options, value.Trim()))
        {
            faults.Add($"{key} is {(variable.IsSecret ? "set" : $"'{Shortened(value)}'")} but may be {variable.Range}.");
        }
    }

    // A value may be a secret that was put into the wrong variable.
    private static string Shortened(string value) => Redactor.Redact(value.Length <= 64 ? value : value[..64] + "…");

    private static bool Set(Action set)
    {
        set();
        return true;
    }

    private static bool IsText(string value) => value.Length is >= 1 and <= 128 && !value.Any(char.IsControl);

    private static bool IsPath(string value) => !value.Contains('\0');

    private static bool TryNumber(string text, double low, double high, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number >= low && number <= high;

    // A budget of nothing, or of everything, cannot burn.
    private static bool TryShare(string text, out double share) => TryNumber(text, 0.000_001, 0.999_999, out share);

    private static bool SetMaxSamples(ObservabilityOptions options, string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 1_000_000)
        {
            return false;
        }

        options.MetricsMaxSamples = count;
        return true;
    }

    private static bool SetSlowTrace(ObservabilityOptions options, string value)
    {
        if (!TryNumber(value, double.Epsilon, double.MaxValue, out var ms))
        {
            return false;
        }

        options.SloLatencyP99Ms = ms;
        return true;
    }

    private static bool TryAddress(string value, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(value, UriKind.Absolute, out address) && address.Scheme is ("http" or "https");

    private static bool SetWebhookSecret(ObservabilityOptions options, string value)
    {
        if (value.Length is < 16 or > 256)
        {
            return false;
        }

        options.AlertWebhookSecret = value;
        return true;
    }

    private static bool SetEndpoint(ObservabilityOptions options, string value)
    {
        if (value.Length == 0)
        {
            options.OtlpEndpoint = null;
            return true;
        }

        if (!TryAddress(value, out var endpoint))
        {
            return false;
        }

        options.OtlpEndpoint = endpoint;
        return true;
    }

    private static bool SetProtocol(ObservabilityOptions options, string value)
    {
        if (value is not ("http/protobuf" or "grpc"))
        {
            return false;
        }

        options.OtlpOverGrpc = value == "grpc";
        return true;
    }

    private static bool TryNames(string value, out string[] names)
    {
        names = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length <= 64 && names.All(IsText);
    }

    private static bool SetBaggageKeys(ObservabilityOptions options, string value)
    {
        var keys = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (keys.Length > 16 || !keys.All(IsText))
        {
            return false;
        }

        options.BaggageKeys = keys;
        return true;
    }

    private sealed record Variable(string Name, string Range, Func<ObservabilityOptions, string, bool> TrySet)
    {
        public bool IsSecret { get; init; }
    }
}
