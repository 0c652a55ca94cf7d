using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Running;
using Assay.Files;

namespace Assay.Cli.Evaluating;

/// <summary>
/// The run that candidates of a benchmark are compared with: its journal, kept in the catalog so that every machine has it, and who chose it why.
/// </summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Run">The run's id.</param>
/// <param name="By">Who blessed it.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
internal sealed record Baseline(string Benchmark, string Run, string By, string Reason, DateTimeOffset At)
{
    private const string FolderName = "baselines";

    /// <summary>The journal.</summary>
    [JsonIgnore]
    public string Journal { get; init; } = "";

    /// <summary>The baseline of a benchmark; null when no run was blessed.</summary>
    /// <exception cref="AssayException">Its file is damaged, or its journal is missing (exit code 2).</exception>
    public static Baseline? Find(string benchmark, string catalog)
    {
        var path = PathOf(benchmark, catalog);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(path), BaselineJson.Default.Baseline) ?? throw new JsonException("the file is null");
            var journal = Path.ChangeExtension(path, ".journal");
            return File.Exists(journal) ? read with { Journal = journal } : throw new IOException($"'{journal}' is missing");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw AssayException.Usage(
                $"The baseline '{path}' cannot be read: {e.Message}",
                "Restore it from git, or bless a run anew: `assay eval bless RUN`.",
                e
            );
        }
    }

    /// <summary>Keeps a run as the baseline of its benchmark; the one before is replaced.</summary>
    /// <exception cref="AssayException">The catalog cannot be written to (exit code 4).</exception>
    public static Baseline Keep(RunFolder run, string benchmark, string catalog, string by, string reason, DateTimeOffset at)
    {
        var path = PathOf(benchmark, catalog);
        var baseline = new Baseline(benchmark, run.Id, by, reason, at) { Journal = Path.ChangeExtension(path, ".journal") };
        AtomicFile.Write(
            baseline.Journal,
            into =>
            {
                using var from = new FileStream(run.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                from.CopyTo(into);
            }
        );
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, baseline, BaselineJson.Default.Baseline));
        return baseline;
    }

    private static string PathOf(string benchmark, string catalog) => Path.Combine(catalog, FolderName, benchmark + ".json");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(Baseline))]
internal sealed partial class BaselineJson : JsonSerializerContext;
