using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Assay.Telemetry;

/// <summary>
/// Everything Assay may emit: metrics, spans and span attributes, read from <c>registry.json</c>.
/// Instruments are created from it, documents and dashboards are checked against it, and a name that is not in it is not emitted.
/// </summary>
public sealed class TelemetryRegistry
{
    private const string ResourceName = "Assay.Telemetry.registry.json";
    private static readonly Lazy<TelemetryRegistry> LazyDefault = new(LoadEmbedded);

    private readonly FrozenDictionary<string, MetricDefinition> metrics;

    private TelemetryRegistry(IReadOnlyList<MetricDefinition> metrics, IReadOnlyList<SpanDefinition> spans, IReadOnlyList<AttributeDefinition> attributes)
    {
        Metrics = metrics;
        Spans = spans;
        Attributes = attributes;
        this.metrics = metrics.ToFrozenDictionary(m => m.Name);
    }

    /// <summary>The registry that ships with Assay.</summary>
    public static TelemetryRegistry Default => LazyDefault.Value;

    /// <summary>Metrics in the order of the file.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; }

    /// <summary>Spans in the order of the file.</summary>
    public IReadOnlyList<SpanDefinition> Spans { get; }

    /// <summary>Span attributes in the order of the file.</summary>
    public IReadOnlyList<AttributeDefinition> Attributes { get; }

    /// <summary>Reads a registry from JSON in the format of <c>registry.json</c>.</summary>
    /// <exception cref="AssayException">The JSON is not a registry (exit code 2).</exception>
    public static TelemetryRegistry Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new TelemetryRegistry(
                [.. root.GetProperty("metrics").EnumerateArray().Select(ReadMetric)],
                [.. root.GetProperty("spans").EnumerateArray().Select(ReadSpan)],
                [.. root.GetProperty("attributes").EnumerateArray().Select(ReadAttribute)]
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw AssayException.Usage($"The telemetry registry cannot be read: {e.Message}", "Compare it with src/Assay/Telemetry/registry.json.", e);
        }
    }

    /// <summary>The JSON text of the registry that ships with Assay.</summary>
    public static ReadOnlyMemory<byte> EmbeddedJson()
    {
        using var stream =
            typeof(TelemetryRegistry).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {ResourceName}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The definition of a metric.</summary>
    /// <exception cref="KeyNotFoundException">The registry has no metric of that name.</exception>
    public MetricDefinition Metric(string name) =>
        metrics.TryGetValue(name, out var found)
            ? found
            : throw new KeyNotFoundException($"No metric '{name}' in the telemetry registry. Add it to src/Assay/Telemetry/registry.json.");

    /// <summary>Creates the registered histogram on <paramref name="meter"/> with its unit, help and buckets.</summary>
    public Histogram<double> CreateHistogram(Meter meter, string name)
    {
        var metric = Expect(name, MetricType.Histogram);
        return meter.CreateHistogram(name, metric.Unit, metric.Help, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = metric.Buckets });
    }

    /// <summary>Creates the registered counter on <paramref name="meter"/>.</summary>
    public Counter<long> CreateCounter(Meter meter, string name)
    {
        var metric = Expect(name, MetricType.Counter);
        return meter.CreateCounter<long>(name, metric.Unit, metric.Help);
    }

    /// <summary>Creates the registered gauge on <paramref name="meter"/>.</summary>
    public Gauge<double> CreateGauge(Meter meter, string name)
    {
        var metric = Expect(name, MetricType.Gauge);
        return meter.CreateGauge<double>(name, metric.Unit, metric.Help);
    }

    private static TelemetryRegistry LoadEmbedded() => Parse(EmbeddedJson());

    private static MetricDefinition ReadMetric(JsonElement json) =>
        new(
            json.GetProperty("name").GetString()!,
            Enum.Parse<MetricType>(json.GetProperty("type").GetString()!, ignoreCase: true),
            json.GetProperty("unit").GetString()!,
            json.GetProperty("help").GetString()!,
            json.GetProperty("meter").GetString()!,
            json.TryGetProperty("buckets", out var buckets) ? [.. buckets.EnumerateArray().Select(b => b.GetDouble())] : [],
            [.. json.GetProperty("labels").EnumerateArray().Select(ReadLabel)]
        );

    private static LabelDefinition ReadLabel(JsonElement json) =>
        new(
            json.GetProperty("name").GetString()!,
            [.. json.GetProperty("values").EnumerateArray().Select(v => v.GetString()!)],
            json.TryGetProperty("own_values", out var own) ? own.GetInt32() : 0
        );

    private static SpanDefinition ReadSpan(JsonElement json) =>
        new(
            json.GetProperty("name").GetString()!,
            json.GetProperty("source").GetString()!,
            json.GetProperty("help").GetString()!,
            [.. json.GetProperty("attributes").EnumerateArray().Select(a => a.GetString()!)]
        );

    private static AttributeDefinition ReadAttribute(JsonElement json) =>
        new(
            json.GetProperty("name").GetString()!,
            json.GetProperty("type").GetString()!,
            json.GetProperty("unit").GetString()!,
            json.GetProperty("help").GetString()!
        );

    private MetricDefinition Expect(string name, MetricType type)
    {
        var metric = Metric(name);
        return metric.Type == type ? metric : throw new InvalidOperationException($"'{name}' is registered as {metric.Type}, not as {type}.");
    }
}
