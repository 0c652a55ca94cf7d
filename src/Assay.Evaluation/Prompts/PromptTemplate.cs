using System.Text.RegularExpressions;

namespace Assay.Evaluation.Prompts;

/// <summary>Text with places for fields: <c>{{name}}</c>. Values are put in as they are and never read as a template again.</summary>
internal static partial class PromptTemplate
{
    /// <summary>Fills every place.</summary>
    /// <exception cref="AssayException">A field is missing (exit code 2).</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> fields, string prompt) =>
        Place().Replace(template, place => fields.TryGetValue(place.Groups["name"].Value, out var value) ? value : throw Missing(prompt, place, fields));

    /// <summary>The names of a template's fields, in order of their first place.</summary>
    public static IReadOnlyList<string> Fields(string template) => [.. Place().Matches(template).Select(place => place.Groups["name"].Value).Distinct()];

    /// <summary>The first <c>{{</c> that opens no place, with what follows; null when there is none.</summary>
    public static string? Broken(string template)
    {
        var rest = Place().Replace(template, "");
        var at = rest.IndexOf("{{", StringComparison.Ordinal);
        return at < 0 ? null : rest[at..Math.Min(rest.Length, at + MostShown)].Split('\n')[0];
    }

    // Characters of a broken place that an error shows.
    private const int MostShown = 20;

    private static AssayException Missing(string prompt, Match place, IReadOnlyDictionary<string, string> fields) =>
        AssayException.Usage(
            $"Prompt '{prompt}' needs the field '{place.Groups["name"].Value}', and the case has none.",
            $"Add it to the dataset, or take it out of the prompt. The case has: {string.Join(", ", fields.Keys)}."
        );

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*\}\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
