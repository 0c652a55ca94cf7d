using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Benchmarks;
using Assay.Files;

namespace Assay.Evaluation.Gates.Learning;

/// <summary>Learned limits by benchmark: the file <c>learned_thresholds.json</c> of the catalog. They only ever tighten a gate.</summary>
internal static class LearnedThresholds
{
    /// <summary>The file's name in the catalog.</summary>
    public const string FileName = "learned_thresholds.json";

    private const string About =
        "Limits that blessed runs teach; written by `assay eval thresholds learn --save`. A gate has the stricter one of this and its own. docs/reference/en/gates.md tells how they are learned.";

    /// <summary>What was learned for a benchmark; null when nothing was.</summary>
    /// <exception cref="AssayException">The file cannot be read (exit code 2).</exception>
    public static LearnedBenchmark? Find(string catalog, string benchmark) => Read(Path.Combine(catalog, FileName)).GetValueOrDefault(benchmark);

    /// <summary>Keeps what was learned in the place of what was learned before.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="AssayException">The file cannot be read (exit code 2) or written (4).</exception>
    public static string Save(string catalog, string benchmark, LearnedBenchmark learned)
    {
        var path = Path.Combine(catalog, FileName);
        var all = new SortedDictionary<string, LearnedBenchmark>(Read(path).ToDictionary(), StringComparer.Ordinal) { [benchmark] = learned };
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new LearnedFile(all, About), LearnedJson.Readable.LearnedFile) + "\n");
        return path;
    }

    /// <summary>The gates with the learned limits that are stricter than their own.</summary>
    /// <param name="gates">The gates of the benchmark.</param>
    /// <param name="learned">What was learned; null for nothing.</param>
    /// <param name="run">The run that they shall decide.</param>
    public static AppliedLimits Apply(IReadOnlyList<GateEntry> gates, LearnedBenchmark? learned, RunContent run) =>
        learned is null ? new(gates, Unused: null)
        : learned.DatasetHash != run.Dataset.Hash
            ? new(gates, "The learned limits are of other cases and do not hold for this run; bless runs on these, and learn anew.")
        : learned.IsDryRun != run.IsDryRun ? new(gates, Unused: null)
        : new([.. gates.Select(gate => Stricter(gate, learned, run))], Unused: null);

    private static GateEntry Stricter(GateEntry gate, LearnedBenchmark learned, RunContent run)
    {
        var found = learned.Limits.FirstOrDefault(limit => limit.Gate == gate.ShownName);
        var fingerprint = BlessedFigure.FingerprintOf(gate.Metric ?? "", gate.CaseLimit, run);
        return found is not { Limit: { } limit } || found.Fingerprint != fingerprint ? gate
            : found.Side == ThresholdSide.AtLeast && limit > gate.AtLeast ? gate.With(found)
            : found.Side == ThresholdSide.AtMost && limit < gate.AtMost ? gate.With(found)
            : gate;
    }

    private static IReadOnlyDictionary<string, LearnedBenchmark> Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), LearnedJson.Readable.LearnedFile)?.Benchmarks
                    ?? throw new JsonException("the file is null")
                : new Dictionary<string, LearnedBenchmark>();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"'{path}' cannot be read: {e.Message}", "Restore it from git, or delete it and learn anew.", e);
        }
    }
}

/// <summary>Gates as they decide.</summary>
/// <param name="Gates">The gates.</param>
/// <param name="Unused">Why nothing that was learned holds; null when there is nothing to say.</param>
internal sealed record AppliedLimits(IReadOnlyList<GateEntry> Gates, string? Unused);

/// <summary>The file of learned limits.</summary>
/// <param name="Benchmarks">By the benchmark's name.</param>
/// <param name="About">For people.</param>
internal sealed record LearnedFile(IReadOnlyDictionary<string, LearnedBenchmark> Benchmarks, string? About = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(LearnedFile))]
internal sealed partial class LearnedJson : JsonSerializerContext
{
    public static LearnedJson Readable => Made.Readable;

    // Apart, so that it is made after Default.
    private static class Made
    {
        public static readonly LearnedJson Readable = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
