using System.Text.Json;

namespace Assay.Rag.Settings;

/// <summary>Someone's wish for one setting.</summary>
/// <param name="Setting">Name of the setting.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Source">Where it was said: <c>cli:--disable-rerank</c>, <c>env:ASSAY__RAG__RERANK</c>, <c>file:assay.json:rag.rerank</c>, <c>flag:rag_plus_plus</c>.</param>
internal sealed record SettingWish(string Setting, string Value, string Source);

/// <summary>Where a setting's value comes from.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Value">The value in force, as text.</param>
/// <param name="Source"><c>default</c>, or the source of the wish that won.</param>
/// <param name="Overrides">What it would have been otherwise, from the default upwards; empty when the default is in force.</param>
internal sealed record SettingProvenance(string Name, string Value, string Source, IReadOnlyList<SettingWish> Overrides);

/// <summary>
/// The settings of a run, each with where it comes from: default, then configuration file, then environment, then flags, then command line; the later wins.
/// Flags come after what was set when the service was installed, so that they can be the lever of a canary and of a rollback.
/// </summary>
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
    /// <param name="flags">What flags say; nothing when null. Flags that would leave nothing to search with are not followed.</param>
    /// <exception cref="AssayException">A value is not allowed, or both legs are off; all faults are in one message (exit code 2).</exception>
    public static ResolvedSettings Resolve(
        string? configuration,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<SettingWish> commandLine,
        RagToggles? flags = null
    )
    {
        List<SettingWish> installed = [.. configuration is null ? [] : FromFile(configuration), .. FromEnvironment(environment)];
        if (flags is not null && Lay([.. installed, .. flags.Wishes, .. commandLine]) is { Faults: [] } flagged)
        {
            return flagged.Resolved;
        }

        var (resolved, faults) = Lay([.. installed, .. commandLine]);
        return faults.Count == 0
            ? resolved
            : throw AssayException.Usage(string.Join(" ", faults), "Correct the values, or leave them out to use the defaults.");
    }

    /// <summary>The same settings with some stages switched for one question; what would leave nothing to search with is not followed.</summary>
    internal ResolvedSettings With(RagToggles toggles)
    {
        var (settings, provenance) = (Settings, Provenance.ToList());
        foreach (var wish in toggles.Wishes)
        {
            var at = provenance.FindIndex(p => p.Name == wish.Setting);
            var definition = SettingDefinition.All.Single(d => d.Name == wish.Setting);
            var before = new SettingWish(wish.Setting, definition.Read(settings), provenance[at].Source);
            settings = definition.Write(settings, wish.Value)!;
            provenance[at] = new SettingProvenance(wish.Setting, wish.Value, wish.Source, [.. provenance[at].Overrides, before]);
        }

        return settings.Dense || settings.Sparse ? new ResolvedSettings(settings, provenance) : this;
    }

    private static (ResolvedSettings Resolved, List<string> Faults) Lay(List<SettingWish> wishes)
    {
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
        return (new ResolvedSettings(settings, provenance), faults);
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
