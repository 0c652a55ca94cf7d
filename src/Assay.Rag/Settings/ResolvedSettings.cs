using System.Text.Json;

namespace Assay.Rag.Settings;

/// <summary>Someone's wish for one setting.</summary>
/// <param name="Setting">Name of the setting.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Source">Where it was said: <c>cli:--disable-rerank</c>, <c>env:ASSAY__RAG__RERANK</c>, <c>file:assay.json:rag.rerank</c>.</param>
internal sealed record SettingWish(string Setting, string Value, string Source);

/// <summary>Where a setting's value comes from.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Value">The value in force, as text.</param>
/// <param name="Source"><c>default</c>, or the source of the wish that won.</param>
/// <param name="Overrides">What it would have been otherwise, from the default upwards; empty when the default is in force.</param>
internal sealed record SettingProvenance(string Name, string Value, string Source, IReadOnlyList<SettingWish> Overrides);

/// <summary>The settings of a run, each with where it comes from: default, then configuration file, then environment, then command line; the later wins.</summary>
internal sealed record ResolvedSettings(RagSettings Settings, IReadOnlyList<SettingProvenance> Provenance)
{
    /// <summary>The provenance of one setting.</summary>
    public SettingProvenance Of(string name) => Provenance.Single(p => p.Name == name);

    /// <summary>Whether a stage runs; a stage that cannot be switched off always does.</summary>
    /// <param name="stage">The stage's name: dense, sparse, rerank and so on.</param>
    internal bool IsOn(string stage) =>
        stage switch
        {
            "dense" => Settings.Dense,
            "sparse" => Settings.Sparse,
            "rerank" => Settings.Rerank,
            _ => true,
        };

    /// <summary>Lays the wishes over the defaults.</summary>
    /// <param name="configuration">Path of a JSON file with an object <c>rag</c>; null for none.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="commandLine">What the command line says.</param>
    /// <exception cref="AssayException">A value is not allowed, or both legs are off; all faults are in one message (exit code 2).</exception>
    public static ResolvedSettings Resolve(string? configuration, IReadOnlyDictionary<string, string> environment, IReadOnlyList<SettingWish> commandLine)
    {
        var wishes = (configuration is null ? [] : FromFile(configuration)).Concat(FromEnvironment(environment)).Concat(commandLine).ToList();
        var settings = new RagSettings();
        var faults = new List<string>();
        var provenance = new List<SettingProvenance>();
        foreach (var definition in SettingDefinition.All)
        {
            var before = new SettingWish(definition.Name, definition.Read(settings), "default");
            var overrides = new List<SettingWish>();
            foreach (var wish in wishes.Where(w => w.Setting == definition.Name))
            {
                if (definition.Write(settings, wish.Value) is { } changed)
                {
                    settings = changed;
                    overrides.Add(before);
                    before = wish with { Value = definition.Read(settings) };
                }
                else
                {
                    faults.Add($"{wish.Source}: '{wish.Value}' is not {definition.Allowed}.");
                }
            }

            provenance.Add(new SettingProvenance(definition.Name, definition.Read(settings), before.Source, overrides));
        }

        AddConflicts(settings, provenance, faults);
        return faults.Count == 0
            ? new ResolvedSettings(settings, provenance)
            : throw AssayException.Usage(string.Join(" ", faults), "Correct the values, or leave them out to use the defaults.");
    }

    private static void AddConflicts(RagSettings settings, List<SettingProvenance> provenance, List<string> faults)
    {
        if (!settings.Dense && !settings.Sparse)
        {
            var dense = provenance.Single(p => p.Name == "dense").Source;
            var sparse = provenance.Single(p => p.Name == "sparse").Source;
            faults.Add($"Both dense ({dense}) and sparse ({sparse}) are off: nothing is left to search with.");
        }

        if (settings.ChunkOverlap * 2 >= settings.ChunkTokens)
        {
            faults.Add($"chunk_overlap {settings.ChunkOverlap} is not less than half of chunk_tokens {settings.ChunkTokens}.");
        }
    }

    private static IEnumerable<SettingWish> FromEnvironment(IReadOnlyDictionary<string, string> environment) =>
        SettingDefinition
            .All.Where(d => environment.ContainsKey(d.Variable))
            .Select(d => new SettingWish(d.Name, environment[d.Variable], "env:" + d.Variable));

    private static List<SettingWish> FromFile(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            if (!json.RootElement.TryGetProperty("rag", out var rag))
            {
                throw AssayException.Usage($"{path} has no object 'rag'.", """Write {"rag": {"rerank": false}}.""");
            }

            return [.. rag.EnumerateObject().Select(p => Wish(path, p))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read the configuration '{path}': {e.Message}", "Check the path given with --config.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw AssayException.Usage($"{path} is not a configuration: {e.Message}", """Write {"rag": {"rerank": false}}.""", e);
        }
    }

    private static SettingWish Wish(string path, JsonProperty property) =>
        SettingDefinition.All.Any(d => d.Name == property.Name)
            ? new SettingWish(property.Name, property.Value.ToString().ToLowerInvariant(), $"file:{Path.GetFileName(path)}:rag.{property.Name}")
            : throw AssayException.Usage(
                $"{path} sets 'rag.{property.Name}', which does not exist.",
                $"The settings are {string.Join(", ", SettingDefinition.All.Select(d => d.Name))}."
            );
}
