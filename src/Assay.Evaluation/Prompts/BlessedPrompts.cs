using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Catalogs;
using Assay.Files;

namespace Assay.Evaluation.Prompts;

/// <summary>That a version of a prompt is fixed: figures were published with it.</summary>
/// <param name="Prompt"><c>name@version</c>.</param>
/// <param name="Hash">Its content hash.</param>
/// <param name="Date">When.</param>
/// <param name="By">Who.</param>
public sealed record PromptBlessing(string Prompt, string Hash, DateOnly Date, string By);

/// <summary>The file <c>blessed.json</c> beside the prompts: which versions are fixed, since when and by whom.</summary>
internal static class BlessedPrompts
{
    public const string FileName = "blessed.json";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The blessings by <c>name@version</c>; none when there is no file.</summary>
    public static Dictionary<string, PromptBlessing> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var entries = File.Exists(path) ? CatalogFile.Read<Dictionary<string, BlessedEntry>>(path).SelectMany(file => file) : [];
        return entries.ToDictionary(entry => entry.Key, entry => Blessing(entry.Key, entry.Value));
    }

    /// <exception cref="AssayException">The prompt says something else now, or is gone (exit code 2).</exception>
    public static void DemandUnchanged(PromptBlessing blessing, IReadOnlyList<Prompt> prompts)
    {
        if (prompts.FirstOrDefault(prompt => prompt.Id == blessing.Prompt) is not { } found)
        {
            throw AssayException.Usage(
                $"{blessing.Prompt} was blessed on {blessing.Date:yyyy-MM-dd} by {blessing.By}, and its file is gone.",
                $"Bring the file back, or take its entry out of {FileName}: what was measured with it can then no longer be repeated."
            );
        }

        if (found.ContentHash != blessing.Hash)
        {
            throw AssayException.Usage(
                $"{found.Path}:1: {found.Id} was blessed on {blessing.Date:yyyy-MM-dd} by {blessing.By}, and was changed since.",
                $"A blessed prompt never changes. Undo the change, and make a new version of it: {found.Name}@{Newest(prompts, found) + 1}.yaml."
            );
        }
    }

    /// <summary>Adds a blessing, or keeps the one that is there.</summary>
    public static PromptBlessing Add(PromptCatalog catalog, Prompt prompt, DateOnly date, string by)
    {
        if (catalog.BlessingOf(prompt) is { } already)
        {
            return already;
        }

        var blessing = new PromptBlessing(prompt.Id, prompt.ContentHash, date, by);
        var all = Read(catalog.Folder).Values.Append(blessing).OrderBy(b => b.Prompt, StringComparer.Ordinal);
        var file = all.ToDictionary(
            b => b.Prompt,
            b => new
            {
                hash = b.Hash,
                date = b.Date,
                by = b.By,
            }
        );
        AtomicFile.WriteText(Path.Combine(catalog.Folder, FileName), JsonSerializer.Serialize(file, Layout) + "\n");
        return blessing;
    }

    private static int Newest(IReadOnlyList<Prompt> prompts, Prompt of) => prompts.Where(prompt => prompt.Name == of.Name).Max(prompt => prompt.Version);

    private static PromptBlessing Blessing(string id, BlessedEntry? entry) =>
        entry is { Hash.Length: 64, Date: { } date, By.Length: > 0 }
            ? new PromptBlessing(id, entry.Hash, date, entry.By)
            : throw (entry?.Place ?? CatalogPlace.Nowhere).Error(
                $"the blessing of '{id}' is not complete.",
                "Give 'hash' (64 hexadecimal digits, as `assay prompt show` prints them), 'date' and 'by'."
            );

    private sealed class BlessedEntry : CatalogEntry
    {
        public string Hash { get; set; } = "";

        public DateOnly? Date { get; set; }

        public string By { get; set; } = "";
    }
}
