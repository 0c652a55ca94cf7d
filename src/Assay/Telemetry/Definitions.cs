namespace Assay.Telemetry;

/// <summary>The kind of a metric, in Prometheus' words.</summary>
public enum MetricType
{
    /// <summary>Only goes up; its name ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts by bucket, with sum and count.</summary>
    Histogram,
}

/// <summary>A metric that may be emitted.</summary>
/// <param name="Name">The name, exactly as it appears on <c>/metrics</c>.</param>
/// <param name="Type">The kind.</param>
/// <param name="Unit">The UCUM unit: <c>s</c>, <c>By</c>, <c>1</c>.</param>
/// <param name="Help">One sentence for a person.</param>
/// <param name="Meter">The meter that owns it.</param>
/// <param name="Buckets">Upper bounds of the histogram's buckets, ascending, without infinity; empty for other kinds.</param>
/// <param name="Labels">Labels with their closed value sets.</param>
public sealed record MetricDefinition(
    string Name,
    MetricType Type,
    string Unit,
    string Help,
    string Meter,
    IReadOnlyList<double> Buckets,
    IReadOnlyList<LabelDefinition> Labels
);

/// <summary>A label with every value it may take.</summary>
/// <param name="Name">The label.</param>
/// <param name="Values">The values that are known beforehand; with own values the last is <c>other</c>.</param>
/// <param name="OwnValues">
/// How many values a service may bring of its own, such as its operations; whatever comes after them is <c>other</c>. The default is 0: the set is closed.
/// </param>
public sealed record LabelDefinition(string Name, IReadOnlyList<string> Values, int OwnValues = 0)
{
    /// <summary>The most values that the label can have.</summary>
    public int MostValues => Values.Count + OwnValues;
}

/// <summary>A span that may be emitted, with the attributes it may carry.</summary>
public sealed record SpanDefinition(string Name, string Source, string Help, IReadOnlyList<string> Attributes);

/// <summary>An attribute of spans.</summary>
/// <param name="Name">The key.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c>, <c>long</c> or <c>double</c>.</param>
/// <param name="Unit">The unit, empty where there is none.</param>
/// <param name="Help">One sentence for a person.</param>
public sealed record AttributeDefinition(string Name, string Type, string Unit, string Help);
