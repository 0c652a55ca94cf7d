using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Evaluation.Gates;

/// <summary>
/// Absolute floors of benchmarks, kept apart from the benchmark files so that loosening a gate needs a change in two places: the file <c>eval_thresholds.json</c> of
/// the catalog. A benchmark that the file does not name has none.
/// </summary>
internal static class ThresholdFloors
{
    /// <summary>The file's name in the catalog.</summary>
    public const string FileName = "eval_thresholds.json";

    /// <summary>Refuses gates that ask for less than a floor of their benchmark, and a floor that no gate keeps.</summary>
    /// <param name="catalog">The folder of the catalog.</param>
    /// <param name="benchmark">The benchmark's name.</param>
    /// <param name="gates">Its gates.</param>
    /// <exception cref="AssayException">A gate is below its floor or missing, or the file cannot be read (exit code 2); the message names the line of the gate.</exception>
    public static void Demand(string catalog, string benchmark, IReadOnlyList<GateEntry> gates)
    {
        var path = Path.Combine(catalog, FileName);
        foreach (var floor in Of(catalog, benchmark))
        {
            Demand(floor, benchmark, gates, path);
        }
    }

    /// <summary>The floors of a benchmark; none when the file does not name it.</summary>
    /// <exception cref="AssayException">The file cannot be read (exit code 2).</exception>
    public static IReadOnlyList<ThresholdFloor> Of(string catalog, string benchmark) =>
        Read(Path.Combine(catalog, FileName)).GetValueOrDefault(benchmark) ?? [];

    private static void Demand(ThresholdFloor floor, string benchmark, IReadOnlyList<GateEntry> gates, string path)
    {
        var isHigher = floor.Better switch
        {
            "higher" => true,
            "lower" => false,
            _ => throw AssayException.Usage(
                $"'{path}': '{floor.Metric} {floor.Statistic}' of '{benchmark}' is better '{floor.Better}'.",
                "Write higher or lower."
            ),
        };
        var bound = FormattableString.Invariant($"{(isHigher ? "atLeast" : "atMost")}: {floor.Fail}");
        var same = gates.Where(gate => gate.Metric == floor.Metric && (gate.Statistic ?? "mean") == floor.Statistic && gate.Margin is null).ToList();
        if (same.Exists(gate => isHigher ? gate.AtLeast >= floor.Fail : gate.AtMost <= floor.Fail))
        {
            return;
        }

        var fix = $"Write '{bound}' or a stricter limit; to lower the floor itself, change it in '{path}', where a reviewer sees it.";
        throw same.Count > 0
            ? same[0].Place.Error($"The gate '{floor.Metric} {floor.Statistic}' asks for less than its floor, {bound}.", fix)
            : AssayException.Usage($"'{benchmark}' has no gate for its floor '{floor.Metric} {floor.Statistic}', {bound}.", fix);
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<ThresholdFloor>> Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ThresholdFloorsJson.Default.ThresholdFloorFile)!.Benchmarks
                : new Dictionary<string, IReadOnlyList<ThresholdFloor>>();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NullReferenceException)
        {
            throw AssayException.Usage($"'{path}' cannot be read: {e.Message}", "docs/reference/en/benchmark-files.md shows how floors are written.", e);
        }
    }
}

/// <summary>The file of floors.</summary>
/// <param name="Benchmarks">Floors by the benchmark's name.</param>
/// <param name="About">For people.</param>
internal sealed record ThresholdFloorFile(IReadOnlyDictionary<string, IReadOnlyList<ThresholdFloor>> Benchmarks, string? About = null);

/// <summary>A floor: the loosest limit that a gate may have.</summary>
/// <param name="Metric">The metric, as gates name it.</param>
/// <param name="Statistic">The statistic, as gates name it.</param>
/// <param name="Better"><c>higher</c> or <c>lower</c>.</param>
/// <param name="Fail">The limit.</param>
/// <param name="Warn">The edge of the warning band, for people.</param>
internal sealed record ThresholdFloor(string Metric, string Statistic, string Better, double Fail, double? Warn = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(ThresholdFloorFile))]
internal sealed partial class ThresholdFloorsJson : JsonSerializerContext;
