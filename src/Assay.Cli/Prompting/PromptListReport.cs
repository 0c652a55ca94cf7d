using Assay.Cli.Showing;
using Assay.Evaluation.Prompts;

namespace Assay.Cli.Prompting;

/// <summary>The prompts of a catalog; with <c>--json</c> this is the document.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Prompts">Every version, by name and version.</param>
internal sealed record PromptListReport(string Folder, IReadOnlyList<PromptListing> Prompts)
{
    public static PromptListReport Of(PromptCatalog catalog) => new(catalog.Folder, [.. catalog.Prompts.Select(prompt => PromptListing.Of(catalog, prompt))]);
}

/// <summary>One version.</summary>
/// <param name="Prompt"><c>name@version</c>.</param>
/// <param name="Language"><c>en</c> or <c>ru</c>.</param>
/// <param name="Model">The model it was written for; null when any.</param>
/// <param name="Inputs">Its fields.</param>
/// <param name="Hash">The content hash.</param>
/// <param name="Blessed">When and by whom it was fixed; null when it was not.</param>
/// <param name="Description">What it is for.</param>
internal sealed record PromptListing(
    string Prompt,
    string Language,
    string? Model,
    IReadOnlyList<string> Inputs,
    string Hash,
    PromptBlessing? Blessed,
    string Description
)
{
    /// <summary>Digits of a hash that tell prompts apart for a reader.</summary>
    public const int HashShown = 12;

    public static PromptListing Of(PromptCatalog catalog, Prompt prompt) =>
        new(
            prompt.Id,
            prompt.Language,
            prompt.Model.Length > 0 ? prompt.Model : null,
            prompt.Inputs,
            prompt.ContentHash,
            catalog.BlessingOf(prompt),
            prompt.Description
        );
}

/// <summary>The prompts for a terminal of 80 columns.</summary>
internal static class PromptListView
{
    private const int NameWidth = 32;

    public static async Task WriteAsync(TextWriter output, PromptListReport report)
    {
        if (report.Prompts.Count == 0)
        {
            await output.WriteLineAsync($"There are no prompts in '{report.Folder}'. How one is written: docs/reference/en/prompts.md");
            return;
        }

        await output.WriteLineAsync($"{"prompt".PadRight(NameWidth)}lang  {"hash", -14}{"blessed", -12}model");
        foreach (var prompt in report.Prompts)
        {
            var blessed = prompt.Blessed is { } blessing ? $"{blessing.Date:yyyy-MM-dd}" : "no";
            await output.WriteLineAsync(
                $"{prompt.Prompt.PadRight(NameWidth)}{prompt.Language, -6}{prompt.Hash[..PromptListing.HashShown], -14}{blessed, -12}{prompt.Model ?? "any"}"
            );
            foreach (var line in PassageView.Wrap($"{prompt.Description} Inputs: {string.Join(", ", prompt.Inputs)}.", 76))
            {
                await output.WriteLineAsync("    " + line);
            }
        }
    }
}
