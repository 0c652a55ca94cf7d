using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Judges;

/// <summary>The prompts of a judge, one for each language or one for all.</summary>
internal sealed class JudgePrompts(IReadOnlyList<Prompt> prompts)
{
    private static readonly Dictionary<string, string> Nothing = new() { ["en"] = "(none)", ["ru"] = "(нет)" };

    /// <summary>The prompt of a language; the first one where that language has none.</summary>
    public Prompt Of(string language) => prompts.FirstOrDefault(prompt => prompt.Language == language) ?? prompts[0];

    public IEnumerable<string> Hashes =>
        prompts.OrderBy(prompt => prompt.Language, StringComparer.Ordinal).Select(prompt => $"{prompt.Language} {prompt.ContentHash}");

    /// <summary>The fields that every judge's prompt may have; what a case lacks is said in the prompt's language.</summary>
    public static Dictionary<string, string> Fields(Prompt prompt, string input, string? expected, IReadOnlyList<string> contexts) =>
        new(StringComparer.Ordinal)
        {
            ["input"] = input,
            ["expected"] = string.IsNullOrWhiteSpace(expected) ? Nothing[prompt.Language] : expected,
            ["contexts"] = contexts.Count == 0 ? Nothing[prompt.Language] : PromptFields.Numbered(contexts),
        };
}
