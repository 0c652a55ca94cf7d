using System.Globalization;
using Assay.Cli.Showing;
using Assay.Evaluation.Prompts;

namespace Assay.Cli.Prompting;

/// <summary>One prompt; with <c>--json</c> this is the document.</summary>
/// <param name="Listing">What the list says of it.</param>
/// <param name="Parameters">How the model is asked.</param>
/// <param name="System">The system message's template.</param>
/// <param name="User">The user message's template.</param>
/// <param name="Versions">All versions of its name.</param>
/// <param name="File">Where it stands.</param>
internal sealed record PromptReport(PromptListing Listing, ShownParameters Parameters, string System, string User, IReadOnlyList<int> Versions, string File)
{
    public static PromptReport Of(PromptCatalog catalog, Prompt prompt) =>
        new(
            PromptListing.Of(catalog, prompt),
            ShownParameters.Of(prompt),
            prompt.System,
            prompt.User,
            [.. catalog.Prompts.Where(other => other.Name == prompt.Name).Select(other => other.Version)],
            prompt.Path
        );
}

/// <summary>What a prompt sets; null is the model's own.</summary>
internal sealed record ShownParameters(float? Temperature, float? TopP, int? MaxOutputTokens)
{
    public static ShownParameters Of(Prompt prompt) => new(prompt.Temperature, prompt.TopP, prompt.MaxOutputTokens);

    public override string ToString()
    {
        string?[] set = [Of("temperature", Temperature), Of("topP", TopP), Of("maxOutputTokens", MaxOutputTokens)];
        var words = string.Join(", ", set.Where(one => one is not null));
        return words.Length > 0 ? words : "the model's own";
    }

    private static string? Of(string name, IFormattable? value) => value is null ? null : $"{name} {value.ToString(null, CultureInfo.InvariantCulture)}";
}

/// <summary>One prompt for a terminal of 80 columns.</summary>
internal static class PromptView
{
    public static async Task WriteAsync(TextWriter output, PromptReport report)
    {
        foreach (var line in Head(report).Concat(MessageText.Lines("system", report.System)).Concat(MessageText.Lines("user", report.User)))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Head(PromptReport report)
    {
        var listing = report.Listing;
        var blessing = listing.Blessed is { } blessed ? $"since {blessed.Date:yyyy-MM-dd} by {blessed.By}" : "no";
        return
        [
            listing.Prompt,
            .. PassageView.Wrap(listing.Description, 78).Select(line => "  " + line),
            "",
            $"  file        {report.File}",
            $"  hash        {listing.Hash}",
            $"  blessed     {blessing}",
            $"  versions    {string.Join(", ", report.Versions)}",
            $"  language    {listing.Language}",
            $"  model       {listing.Model ?? "any"}",
            $"  parameters  {report.Parameters}",
            $"  inputs      {string.Join(", ", listing.Inputs)}",
        ];
    }
}

/// <summary>A message under its role, wrapped; line breaks of the text stay.</summary>
internal static class MessageText
{
    private const int Width = 78;

    public static IEnumerable<string> Lines(string role, string text) =>
        text.Length == 0
            ? []
            : text.Split('\n')
                .SelectMany(line => line.Trim().Length == 0 ? [""] : PassageView.Wrap(line, Width).Select(part => "  " + part))
                .Prepend($"{role}:")
                .Prepend("");
}
