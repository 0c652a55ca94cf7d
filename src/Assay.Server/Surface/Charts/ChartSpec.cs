using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Server.Surface.Charts;

/// <summary>What a chart shows; charts.js knows how. The same numbers stand in the table under it.</summary>
public sealed record ChartSpec
{
    /// <summary>The unit of all values: ms, usd, percent (0 to 100), score, burn, count; of differences ms±, pp±, score±.</summary>
    public required string Unit { get; init; }

    /// <summary>The x axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>The series, six at most, each with a value for each point.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>The least of the y axis; 0 for absolute quantities.</summary>
    public double? Min { get; init; }

    /// <summary>The most of the y axis.</summary>
    public double? Max { get; init; }

    /// <summary>The distance of grid lines.</summary>
    public double? Step { get; init; }

    /// <summary>Limits and targets.</summary>
    public IReadOnlyList<ChartLine>? Lines { get; init; }

    /// <summary>Areas of warning and failure.</summary>
    public IReadOnlyList<ChartZone>? Zones { get; init; }

    /// <summary>Releases and incidents.</summary>
    public IReadOnlyList<ChartMark>? Marks { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, ChartJson.Default.ChartSpec);
}

/// <summary>An x axis.</summary>
[JsonDerivedType(typeof(ChartTime))]
[JsonDerivedType(typeof(ChartRuns))]
public abstract record ChartAxis;

/// <summary>Points in time.</summary>
/// <param name="From">The first point.</param>
/// <param name="StepS">Seconds from one to the next.</param>
public sealed record ChartTime(DateTimeOffset From, double StepS) : ChartAxis;

/// <summary>Runs, one after the other.</summary>
/// <param name="Values">The number of each run.</param>
/// <param name="Name">What a number counts: run.</param>
public sealed record ChartRuns(IReadOnlyList<int> Values, string Name) : ChartAxis
{
    /// <summary>What each run is called in the table.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>A series.</summary>
/// <param name="Name">Its name, at the end of its line.</param>
/// <param name="Tone">Its colour: 1 to 6, baseline, candidate, p50, p95, p99.</param>
/// <param name="Values">Its values; null for points without data.</param>
public sealed record ChartSeries(string Name, string Tone, IReadOnlyList<double?> Values)
{
    /// <summary>The low end of each value's interval.</summary>
    public IReadOnlyList<double?>? Lo { get; init; }

    /// <summary>The high end of each value's interval.</summary>
    public IReadOnlyList<double?>? Hi { get; init; }

    /// <summary>Whether its line is dashed.</summary>
    public bool? Dash { get; init; }

    /// <summary><c>bar</c> for bars.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether its name is left out: the only series, named by the title.</summary>
    public bool? Quiet { get; init; }
}

/// <summary>A limit.</summary>
/// <param name="At">Its value.</param>
/// <param name="Label">Its name with the value.</param>
/// <param name="Tone">fail (the default), inconclusive, pass.</param>
public sealed record ChartLine(double At, string Label, string? Tone = null)
{
    /// <summary>Whether its name stands at the end of the line instead of its begin, beside that of another line.</summary>
    public bool? End { get; init; }
}

/// <summary>An area.</summary>
/// <param name="From">Its low end.</param>
/// <param name="To">Its high end.</param>
/// <param name="Tone">fail or inconclusive.</param>
public sealed record ChartZone(double From, double To, string Tone);

/// <summary>Something that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Label">What, in a word or two.</param>
public sealed record ChartMark(DateTimeOffset At, string Label);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChartSpec))]
internal sealed partial class ChartJson : JsonSerializerContext;
