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

    private static AssayException Missing(string prompt, Match place, IReadOnlyDictionary<string, string> fields) =>
        AssayException.Usage(
            $"Prompt '{prompt}' needs the field '{place.Groups["name"].Value}', and the case has none.",
            $"Add it to the dataset, or take it out of the prompt. The case has: {string.Join(", ", fields.Keys)}."
        );

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
