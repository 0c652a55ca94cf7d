using System.Globalization;
using Assay.Catalogs;

namespace Assay.Evaluation.Prompts;

/// <summary>
/// The prompts of a folder, each version in a file <c>name@version.yaml</c>. A blessed version is immutable: a word that changes makes a new version.
/// Never changes after it was read.
/// </summary>
public sealed class PromptCatalog
{
    /// <summary>The folder of prompts in a catalog.</summary>
    public const string FolderName = "prompts";

    private readonly Dictionary<string, PromptBlessing> blessings;

    private PromptCatalog(string folder, IReadOnlyList<Prompt> prompts, Dictionary<string, PromptBlessing> blessings) =>
        (Folder, Prompts, this.blessings) = (folder, prompts, blessings);

    /// <summary>The folder that was read.</summary>
    public string Folder { get; }

    /// <summary>Every prompt, by name and version.</summary>
    public IReadOnlyList<Prompt> Prompts { get; }

    /// <summary>Reads every prompt of a folder and the folders in it; a folder that is missing gives an empty catalog.</summary>
    /// <param name="folder"><c>catalog/prompts</c>.</param>
    /// <exception cref="AssayException">
    /// A file is wrong (unknown key, a field that is no input, an input that is never used, a name that is not the file's, a version that stands twice), or a
    /// blessed prompt was changed (exit code 2). The message names file and line.
    /// </exception>
    public static PromptCatalog Load(string folder)
    {
        var prompts = CatalogFile
            .In(folder)
            .Where(path => Path.GetExtension(path) != ".json")
            .Select(PromptReading.Read)
            .OrderBy(prompt => prompt.Name, StringComparer.Ordinal)
            .ThenBy(prompt => prompt.Version)
            .ToList();
        foreach (var (first, second) in prompts.Zip(prompts.Skip(1)).Where(pair => pair.First.Id == pair.Second.Id))
        {
            throw AssayException.Usage(
                $"{second.Path}:1: {second.Id} stands in {first.Path} already.",
                "Keep one of the two; another text is another version."
            );
        }

        var blessings = BlessedPrompts.Read(folder);
        foreach (var blessing in blessings.Values)
        {
            BlessedPrompts.DemandUnchanged(blessing, prompts);
        }

        return new PromptCatalog(folder, prompts, blessings);
    }

    /// <summary>A prompt by <c>name@version</c>, or the newest version by <c>name</c>.</summary>
    /// <exception cref="AssayException">There is none (exit code 2): the message names the known versions.</exception>
    public Prompt Find(string reference)
    {
        var (name, version) = Parts(reference);
        var versions = Prompts.Where(prompt => prompt.Name == name).ToList();
        var found = version is null ? versions.LastOrDefault() : versions.Find(prompt => prompt.Version == version);
        return found ?? throw Unknown(reference, name, versions);
    }

    /// <summary>When and by whom a prompt was blessed; null when it was not.</summary>
    public PromptBlessing? BlessingOf(Prompt prompt) => blessings.GetValueOrDefault(prompt.Id);

    private static (string Name, int? Version) Parts(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return (reference, null);
        }

        return int.TryParse(reference.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (reference[..at], version)
            : throw AssayException.Usage(
                $"'{reference}' is no prompt.",
                "Write name@version, such as handbook_answer@1, or the name alone for its newest version."
            );
    }

    private AssayException Unknown(string reference, string name, List<Prompt> versions) =>
        versions.Count > 0
            ? AssayException.Usage(
                $"No prompt '{reference}'. Known versions of {name}: {string.Join(", ", versions.Select(v => v.Version))}.",
                $"Take one of these, or write {Path.Combine(Folder, reference)}.yaml."
            )
            : AssayException.Usage(
                $"No prompt '{reference}'. Known prompts: {(Prompts.Count == 0 ? "none" : string.Join(", ", Prompts.Select(p => p.Name).Distinct()))}.",
                $"Mend the name, or write it in {Folder}; docs/reference/en/prompts.md shows how."
            );
}
