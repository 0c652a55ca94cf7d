using System.CommandLine;
using Assay.Cli.Commands;
using Assay.Evaluation.Datasets.Cleaning;

namespace Assay.Cli.Evaluating;

/// <summary>A cleaning as it was asked for.</summary>
/// <param name="From">The dataset.</param>
/// <param name="To">Where the clean one goes.</param>
/// <param name="Manifest">Where the manifest goes.</param>
/// <param name="Plan">What is done.</param>
/// <param name="Force">Whether files that exist are written over.</param>
internal sealed record CleaningOrder(string From, string To, string Manifest, CleaningPlan Plan, bool Force);

/// <summary>The options of <c>assay eval dataset clean</c>.</summary>
internal sealed class CleaningOptions
{
    private readonly Argument<string> from = new("dataset") { Description = "The dataset: .jsonl or .csv, or packed with gzip.", HelpName = "DATASET" };
    private readonly Option<string> to = new("--out")
    {
        Description = "The clean dataset, .jsonl or .jsonl.gz.",
        HelpName = "FILE",
        Required = true,
    };
    private readonly Option<string?> manifest = Text("--manifest", "The manifest; FILE.manifest.json beside the clean dataset when left out.", "FILE");
    private readonly Option<string?> blacklist = Text(
        "--blacklist",
        "Channels whose cases are dropped; channel_blacklist.yaml of the catalog when left out and there.",
        "FILE"
    );
    private readonly Option<string[]> flags = Many(
        "--flag",
        "Only cases that were made while the flag had this variant (field flag.NAME); may be repeated.",
        "NAME=VARIANT"
    );
    private readonly Option<string?> words = Text("--words", "A file of names and other words that go too, one a line.", "FILE");
    private readonly Option<string[]> without = Many("--without", "Leave this field out; may be repeated.", "FIELD");
    private readonly Option<bool> rename = new("--rename")
    {
        Description = "New names for all cases, clusters and documents; without it only for the sorts among which something personal is found.",
    };
    private readonly Option<string> catalog = PromptCommand.Catalog();
    private readonly Option<bool> force = new("--force") { Description = "Write over files that exist." };

    public void AddTo(Command command)
    {
        command.Add(from);
        foreach (var option in (Option[])[to, manifest, blacklist, flags, words, without, rename, catalog, force])
        {
            command.Add(option);
        }
    }

    /// <exception cref="AssayException">A file cannot be read, or a flag is not known (exit code 2).</exception>
    public CleaningOrder Read(ParseResult parsed)
    {
        var into = parsed.GetValue(to)!;
        var plan = new CleaningPlan
        {
            Filters = [.. Blacklist(parsed), .. FlagChoices.Read(parsed.GetValue(flags) ?? [], parsed.GetValue(catalog)!)],
            Words = parsed.GetValue(words) is { } list ? WordList.Read(list) : null,
            Without = (parsed.GetValue(without) ?? []).ToHashSet(StringComparer.Ordinal),
            RenamesAll = parsed.GetValue(rename),
        };
        return new CleaningOrder(parsed.GetValue(from)!, into, parsed.GetValue(manifest) ?? Beside(into), plan, parsed.GetValue(force));
    }

    private IEnumerable<ChannelBlacklist> Blacklist(ParseResult parsed)
    {
        var usual = Path.Combine(parsed.GetValue(catalog)!, ChannelBlacklist.FileName);
        return (parsed.GetValue(blacklist) ?? (File.Exists(usual) ? usual : null)) is { } path ? [ChannelBlacklist.Read(path)] : [];
    }

    private static string Beside(string dataset) =>
        Path.ChangeExtension(dataset.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? dataset[..^3] : dataset, ".manifest.json");

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static Option<string[]> Many(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
