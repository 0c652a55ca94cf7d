using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Assay.Telemetry;
using Microsoft.Extensions.Logging;

namespace Assay.Observability;

/// <summary>What was dropped.</summary>
public enum TelemetrySignal
{
    /// <summary>A span.</summary>
    Span,

    /// <summary>A log record.</summary>
    Log,

    /// <summary>A sample of a metric.</summary>
    Metric,
}

/// <summary>Why it was dropped.</summary>
public enum DropReason
{
    /// <summary>The trace was not sampled and was neither failed nor slow.</summary>
    SampledOut,

    /// <summary>A bounded buffer had no room.</summary>
    BufferFull,

    /// <summary>The file or the receiver did not take it.</summary>
    WriteFailed,

    /// <summary>The metric has its full number of label combinations.</summary>
    CardinalityLimit,
}

/// <summary>What observability says about itself: span durations, log records by level and component, and everything that was dropped.</summary>
public sealed class ObservabilityMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Assay.Observability";

    private const string Other = "other";
    private static readonly string[] SignalNames = ["span", "log", "metric"];
    private static readonly string[] ReasonNames = ["sampled_out", "buffer_full", "write_failed", "cardinality_limit"];
    private static readonly string[] LevelNames = ["trace", "debug", "information", "warning", "error", "critical"];

    private readonly Meter meter = new(MeterName);
    private readonly Histogram<double> spanDuration;
    private readonly Counter<long> logRecords;
    private readonly Counter<long> dropped;
    private readonly long[] droppedSoFar = new long[SignalNames.Length * ReasonNames.Length];
    private readonly FrozenDictionary<string, KeyValuePair<string, object?>> spanTags;
    private readonly FrozenDictionary<string, KeyValuePair<string, object?>>.AlternateLookup<ReadOnlySpan<char>> spanWords;
    private readonly KeyValuePair<string, object?> otherSpan = new("span", Other);

    /// <summary>Creates the instruments that <paramref name="registry"/> defines for this meter.</summary>
    public ObservabilityMeter(TelemetryRegistry registry)
    {
        spanDuration = registry.CreateHistogram(meter, "assay_span_duration_seconds");
        logRecords = registry.CreateCounter(meter, "assay_log_records_total");
        dropped = registry.CreateCounter(meter, "assay_telemetry_dropped_total");
        spanTags = Values(registry, "assay_span_duration_seconds", "span").ToFrozenDictionary(v => v, v => new KeyValuePair<string, object?>("span", v));
        spanWords = spanTags.GetAlternateLookup<ReadOnlySpan<char>>();
        Components = [.. Values(registry, "assay_log_records_total", "component")];
    }

    /// <summary>The components that log records are counted by; the last is <c>other</c>.</summary>
    public IReadOnlyList<string> Components { get; }

    internal Meter Meter => meter;

    internal Counter<long> DroppedCounter => dropped;

    /// <summary>How much was dropped since the start.</summary>
    public long Dropped(TelemetrySignal signal, DropReason reason) => Volatile.Read(ref droppedSoFar[Index(signal, reason)]);

    /// <summary>Shows every counter at 0, so that the first event is an increase. Call it when the collecting side is there.</summary>
    public void StartAtZero()
    {
        foreach (var signal in Enum.GetValues<TelemetrySignal>())
        {
            foreach (var reason in Enum.GetValues<DropReason>())
            {
                CountDropped(signal, reason, 0);
            }
        }

        for (var level = LogLevel.Trace; level <= LogLevel.Critical; level++)
        {
            for (var component = 0; component < Components.Count; component++)
            {
                CountLogRecords(level, component, 0);
            }
        }
    }

    internal int ComponentOf(string name)
    {
        for (var i = 0; i < Components.Count; i++)
        {
            if (name.Equals(Components[i], StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return Components.Count - 1;
    }

    internal void RecordSpan(string name, TimeSpan duration) =>
        spanDuration.Record(duration.TotalSeconds, spanTags.TryGetValue(name, out var tag) ? tag : TagOfFirstWord(name));

    // Spans of models and tools are named by what is done and with what: "chat MODEL" is counted as "chat".
    private KeyValuePair<string, object?> TagOfFirstWord(string name)
    {
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && spanWords.TryGetValue(name.AsSpan(0, space), out var tag) ? tag : otherSpan;
    }

    internal void CountLogRecords(LogLevel level, int component, long count) =>
        logRecords.Add(
            count,
            new KeyValuePair<string, object?>("level", LevelNames[(int)level]),
            new KeyValuePair<string, object?>("component", Components[component])
        );

    internal void CountDropped(TelemetrySignal signal, DropReason reason, long count)
    {
        Interlocked.Add(ref droppedSoFar[Index(signal, reason)], count);
        dropped.Add(
            count,
            new KeyValuePair<string, object?>("signal", SignalNames[(int)signal]),
            new KeyValuePair<string, object?>("reason", ReasonNames[(int)reason])
        );
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static int Index(TelemetrySignal signal, DropReason reason) => ((int)signal * ReasonNames.Length) + (int)reason;

    private static IReadOnlyList<string> Values(TelemetryRegistry registry, string metric, string label) =>
        registry.Metric(metric).Labels.Single(l => l.Name == label).Values;
}
