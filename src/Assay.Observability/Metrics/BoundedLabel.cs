using System.Collections.Concurrent;
using Assay.Telemetry;

namespace Assay.Observability.Metrics;

/// <summary>
/// A label whose values a service brings itself: the first so many that come are taken, as many as the registry allows, and all others become <c>other</c>.
/// Safe for several threads; allocates nothing for a value that is known.
/// </summary>
internal sealed class BoundedLabel
{
    private const string Other = "other";

    /// <summary>A longer value is no name but data; it becomes <c>other</c>.</summary>
    private const int MaxLength = 64;

    private readonly ConcurrentDictionary<string, KeyValuePair<string, object?>> known = new(StringComparer.Ordinal);
    private readonly KeyValuePair<string, object?> other;
    private readonly string label;
    private readonly int most;
    private int taken;

    /// <exception cref="KeyNotFoundException">The registry has no such metric.</exception>
    public BoundedLabel(TelemetryRegistry registry, string metric, string label)
    {
        var definition = registry.Metric(metric).Labels.Single(l => l.Name == label);
        this.label = label;
        most = definition.OwnValues;
        foreach (var value in definition.Values)
        {
            known[value] = new(label, value);
        }

        other = new(label, Other);
    }

    /// <summary>The label with this value, or with <c>other</c>.</summary>
    public KeyValuePair<string, object?> Of(string value)
    {
        if (known.TryGetValue(value, out var tag))
        {
            return tag;
        }

        return Volatile.Read(ref taken) < most && value.Length is > 0 and <= MaxLength ? Take(value) : other;
    }

    private KeyValuePair<string, object?> Take(string value)
    {
        if (Interlocked.Increment(ref taken) > most)
        {
            return other;
        }

        var tag = new KeyValuePair<string, object?>(label, value);
        if (known.TryAdd(value, tag))
        {
            return tag;
        }

        // Another thread took the same value meanwhile: its place is given back.
        Interlocked.Decrement(ref taken);
        return known[value];
    }
}
