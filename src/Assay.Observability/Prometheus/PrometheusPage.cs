using System.Globalization;

namespace Assay.Observability.Prometheus;

/// <summary>A metrics page that was read back.</summary>
/// <param name="Families">Families in the order of the page.</param>
public sealed record PrometheusPage(IReadOnlyList<PrometheusFamily> Families)
{
    private readonly Dictionary<string, List<PrometheusSample>> byName = Families
        .SelectMany(f => f.Samples)
        .GroupBy(s => s.Name, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    /// <summary>Samples of that name which carry at least <paramref name="labels"/>; bounds (<c>le</c>, <c>quantile</c>) are compared as numbers.</summary>
    public IEnumerable<PrometheusSample> Samples(string name, params IReadOnlyList<(string Name, string Value)> labels) =>
        byName.TryGetValue(name, out var samples) ? samples.Where(s => labels.All(l => s.Carries(l.Name, l.Value))) : [];

    /// <summary>The value of the one sample of that name which carries at least <paramref name="labels"/>; null where there is none.</summary>
    /// <exception cref="InvalidOperationException">Several samples do: name more labels, or add them with <see cref="Sum"/>.</exception>
    public double? Value(string name, params IReadOnlyList<(string Name, string Value)> labels)
    {
        var found = Samples(name, labels).Take(2).ToList();
        return found.Count switch
        {
            0 => null,
            1 => found[0].Value,
            _ => throw new InvalidOperationException($"Several samples of '{name}' carry these labels: {found[0]}, {found[1]}. Name more labels."),
        };
    }

    /// <summary>The sum of all samples of that name which carry at least <paramref name="labels"/>; null where there is none.</summary>
    public double? Sum(string name, params IReadOnlyList<(string Name, string Value)> labels)
    {
        var found = Samples(name, labels).ToList();
        return found.Count == 0 ? null : found.Sum(s => s.Value);
    }

    /// <summary>The family of that name; null where there is none.</summary>
    public PrometheusFamily? Family(string name) => Families.FirstOrDefault(f => f.Name == name);
}

/// <summary>Samples under one header.</summary>
/// <param name="Name">The family's name; a counter's lacks <c>_total</c> in OpenMetrics.</param>
/// <param name="Type">The type as the page says it; <c>unknown</c> where it says nothing.</param>
/// <param name="Help">The help text, empty where there is none.</param>
/// <param name="Unit">The unit, empty where there is none.</param>
/// <param name="Samples">Samples in the order of the page.</param>
public sealed record PrometheusFamily(string Name, string Type, string Help, string Unit, IReadOnlyList<PrometheusSample> Samples);

/// <summary>One line of the page.</summary>
/// <param name="Name">The name as written, with <c>_bucket</c> and the like.</param>
/// <param name="Labels">Labels in the order of the line.</param>
/// <param name="Value">The value.</param>
/// <param name="Timestamp">The time as written: seconds in OpenMetrics, milliseconds in text; null where there is none.</param>
/// <param name="Exemplar">The exemplar, null where there is none.</param>
public sealed record PrometheusSample(
    string Name,
    IReadOnlyList<KeyValuePair<string, string>> Labels,
    double Value,
    double? Timestamp = null,
    PrometheusExemplar? Exemplar = null
)
{
    /// <summary>The value of a label; null where the sample does not carry it.</summary>
    public string? Label(string name) => Labels.Where(l => l.Key == name).Select(l => l.Value).FirstOrDefault();

    /// <summary>Whether the sample carries the label with that value; bounds are compared as numbers.</summary>
    public bool Carries(string name, string value) =>
        Label(name) is { } own
        && (
            own == value
            || (name is "le" or "quantile" && PrometheusText.TryNumber(own, out var a) && PrometheusText.TryNumber(value, out var b) && a.Equals(b))
        );

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}{{{string.Join(',', Labels.Select(l => $"{l.Key}=\"{l.Value}\""))}}} {Value.ToString("R", CultureInfo.InvariantCulture)}";
}

/// <summary>An example of what a sample counted.</summary>
/// <param name="Labels">Labels, <c>trace_id</c> and <c>span_id</c> among them.</param>
/// <param name="Value">The value that was recorded.</param>
/// <param name="Timestamp">Seconds since 1970; null where there is none.</param>
public sealed record PrometheusExemplar(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, double? Timestamp);
