using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;
using Assay.Files;
using Assay.Models.Caching;

namespace Assay.Cli.Evaluating;

/// <summary>How a run was asked for, kept in its folder so that it can be resumed with the same words. Holds no key.</summary>
internal sealed record RunSettings
{
    private const string FileName = "settings.json";

    public required string Benchmark { get; init; }
    public required string Catalog { get; init; }
    public bool DryRun { get; init; }
    public int? MostCases { get; init; }
    public string? Prompt { get; init; }
    public int? Repeats { get; init; }
    public ulong? Seed { get; init; }
    public Uri? Endpoint { get; init; }
    public string? Model { get; init; }
    public Uri? JudgeEndpoint { get; init; }
    public string? JudgeModel { get; init; }
    public string KeyVariable { get; init; } = "";
    public CacheMode Cache { get; init; }
    public int? Concurrency { get; init; }

    /// <summary>The spending limit: it holds for the whole run, however often it is resumed.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>The commit that the run began at; empty when unknown.</summary>
    public string Commit { get; init; } = "";

    public RunChoice Choice =>
        new()
        {
            IsDryRun = DryRun,
            MostCases = MostCases,
            Prompt = Prompt,
            Repeats = Repeats,
            Seed = Seed,
            ToolVersion = CommandLine.Version,
        };

    public static RunSettings Of(string benchmarkFile, RunChoice choice, EvalSettings settings, string commit) =>
        new()
        {
            Benchmark = Path.GetFullPath(benchmarkFile),
            Catalog = Path.GetFullPath(settings.Catalog),
            DryRun = choice.IsDryRun,
            MostCases = choice.MostCases,
            Prompt = choice.Prompt,
            Repeats = choice.Repeats,
            Seed = choice.Seed,
            Endpoint = settings.Models.Endpoint,
            Model = settings.Models.Model,
            JudgeEndpoint = settings.Models.JudgeEndpoint,
            JudgeModel = settings.Models.JudgeModel,
            KeyVariable = settings.Models.KeyVariable,
            Cache = settings.Cache,
            Concurrency = settings.Concurrency,
            MaxCostUsd = settings.MaxCostUsd,
            Commit = commit,
        };

    /// <summary>Whether a run has its settings beside it.</summary>
    public static bool IsIn(RunFolder folder) => File.Exists(folder.File(FileName));

    /// <exception cref="AssayException">They are missing or damaged (exit code 2).</exception>
    public static RunSettings Read(RunFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folder.File(FileName)), RunSettingsJson.Default.RunSettings)
                ?? throw new JsonException("the file is null");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw AssayException.Usage($"Cannot tell how the run '{folder.Id}' was asked for: {e.Message}", "Run the benchmark anew.", e);
        }
    }

    public void Write(RunFolder folder) =>
        AtomicFile.Write(folder.File(FileName), stream => JsonSerializer.Serialize(stream, this, RunSettingsJson.Default.RunSettings));

    /// <summary>The benchmark's file, wherever the catalog that it was in is now.</summary>
    public string BenchmarkIn(string catalog)
    {
        var place = Path.GetRelativePath(Catalog, Benchmark);
        return place.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(place) ? Benchmark : Path.Combine(catalog, place);
    }

    /// <summary>The settings of a resumed run: as it was asked for, with what is given now in its place.</summary>
    public EvalSettings With(GivenEvalSettings now)
    {
        var filled = now.Filled(KeyVariable, Catalog, Cache);
        return filled with
        {
            Concurrency = now.Concurrency ?? Concurrency,
            MaxCostUsd = now.MaxCostUsd ?? MaxCostUsd,
            Models = filled.Models with
            {
                Endpoint = now.Models.Endpoint ?? Endpoint,
                Model = now.Models.Model ?? Model,
                JudgeEndpoint = now.Models.JudgeEndpoint ?? JudgeEndpoint,
                JudgeModel = now.Models.JudgeModel ?? JudgeModel,
            },
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunSettings))]
internal sealed partial class RunSettingsJson : JsonSerializerContext;
