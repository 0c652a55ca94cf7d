using System.Collections.Concurrent;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>The prompts of judged metrics as they come with Assay: the files of <c>catalog/prompts</c> as they were when it was built.</summary>
internal static class BuiltInPrompts
{
    // One entry for each metric and language: as many as there are files.
    private static readonly ConcurrentDictionary<string, Prompt> Parsed = new(StringComparer.Ordinal);

    /// <summary>The prompt of a metric in a language.</summary>
    /// <param name="metric">The kind: <c>faithfulness</c>.</param>
    /// <param name="language"><c>ru</c> or <c>en</c>.</param>
    public static Prompt Of(string metric, string language) => Parsed.GetOrAdd($"metric_{metric}_{language}@1.yaml", Parse);

    private static Prompt Parse(string file)
    {
        using var text = new StreamReader(typeof(BuiltInPrompts).Assembly.GetManifestResourceStream($"Assay.Evaluation.Prompts.{file}")!);
        return PromptReading.Parse(text.ReadToEnd(), $"catalog/prompts/{file}");
    }
}
