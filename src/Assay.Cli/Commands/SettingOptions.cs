using System.CommandLine;
using Assay.Experimentation.Clients;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Assay.Rag.Settings;

namespace Assay.Cli.Commands;

/// <summary>The options that set the pipeline's settings. Each wish keeps the name of the option it came from.</summary>
internal sealed class SettingOptions
{
    private static readonly string[] Stages = ["dense", "sparse", "rerank"];

    private readonly bool indexing;
    private readonly List<Option<bool>> toggles = [];
    private readonly Option<string?> configuration = new("--config")
    {
        Description = "JSON file with an object \"rag\": {\"rerank\": false}.",
        HelpName = "FILE",
    };
    private readonly Option<string?> flags = new("--flags")
    {
        Description =
            "Catalog folder whose flags rag_plus_plus, rag_dense, rag_sparse and rag_rerank switch stages, and new_chunking_strategy how a run cuts documents.",
        HelpName = "FOLDER",
    };
    private readonly Option<string?> unit = new("--unit") { Description = "Whom the flags are asked for; nobody when left out.", HelpName = "KEY" };
    private readonly List<(Option<string?> Option, string Setting)> values = [];

    public SettingOptions(bool indexing)
    {
        this.indexing = indexing;
        foreach (var stage in Stages)
        {
            toggles.Add(new Option<bool>($"--disable-{stage}") { Description = $"Switch the {stage} stage off." });
            toggles.Add(new Option<bool>($"--enable-{stage}") { Description = $"Switch the {stage} stage on, whatever file and environment say." });
        }

        Add("--top-k", "top_k", "K", "Passages for a query, 1 to 1000. The default is 10.");
        Add("--fusion", "fusion", "METHOD", "How dense and sparse scores are joined: zscore (default) or rrf.");
        Add("--seed", "seed", "N", "Seed of everything random. The default is 42.");
        if (indexing)
        {
            Add("--chunking", "chunking", "STRATEGY", "Where documents are cut: at their headings (default), or windows of as many words as a chunk may have.");
            Add("--chunk-tokens", "chunk_tokens", "N", "Most tokens in a chunk, 16 to 4096. The default is 320.");
            Add("--chunk-overlap", "chunk_overlap", "N", "Most tokens a chunk repeats of the one before. The default is 40.");
            Add("--gpu-soft-limit-gb", "gpu_soft_limit_gb", "GB", "GPU memory of one device above which the run warns, 0.1 to 10000. The default is 12.");
        }
    }

    public void AddTo(Command command)
    {
        command.Options.Add(configuration);
        command.Options.Add(flags);
        command.Options.Add(unit);
        toggles.ForEach(command.Options.Add);
        values.ForEach(v => command.Options.Add(v.Option));
    }

    /// <summary>Default, configuration file, environment, flags and command line laid over each other.</summary>
    public ResolvedSettings Resolve(ParseResult parsed, CommandSurroundings surroundings) =>
        ResolvedSettings.Resolve(parsed.GetValue(configuration), surroundings.Environment, [.. Wishes(parsed)], Toggles(parsed));

    private RagToggles? Toggles(ParseResult parsed)
    {
        if (parsed.GetValue(flags) is not { } catalog)
        {
            return parsed.GetValue(unit) is null
                ? null
                : throw AssayException.Usage("--unit says whom flags are asked for, and no flags are named.", "Name their catalog folder with --flags.");
        }

        var snapshot = new CatalogSnapshot(catalog).Read();
        var (reader, whom) = (new FlagReader(() => snapshot), new Unit(parsed.GetValue(unit) ?? ""));
        return indexing ? RagToggles.OfIndexing(reader, whom) : RagToggles.Of(reader, whom);
    }

    private IEnumerable<SettingWish> Wishes(ParseResult parsed)
    {
        var contradicted = Stages.FirstOrDefault(stage => toggles.Count(t => t.Name.EndsWith("-" + stage, StringComparison.Ordinal) && parsed.GetValue(t)) > 1);
        if (contradicted is not null)
        {
            throw AssayException.Usage($"--enable-{contradicted} and --disable-{contradicted} contradict each other.", "Leave one of them out.");
        }

        foreach (var toggle in toggles.Where(parsed.GetValue))
        {
            var parts = toggle.Name.TrimStart('-').Split('-');
            yield return new SettingWish(parts[1], parts[0] == "enable" ? "true" : "false", "cli:" + toggle.Name);
        }

        foreach (var (option, setting) in values)
        {
            if (parsed.GetValue(option) is { } value)
            {
                yield return new SettingWish(setting, value, "cli:" + option.Name);
            }
        }
    }

    private void Add(string name, string setting, string helpName, string description) =>
        values.Add((new Option<string?>(name) { Description = description, HelpName = helpName }, setting));
}
