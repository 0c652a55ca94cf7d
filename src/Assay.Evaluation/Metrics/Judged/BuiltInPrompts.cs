using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Assay.Catalogs;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>The prompts of judged metrics as they come with Assay: the files of <c>catalog/prompts</c> as they were when it was built.</summary>
internal static class BuiltInPrompts
{
    // One entry for each metric and language: as many as there are files.
    private static readonly ConcurrentDictionary<string, Prompt> Read = new(StringComparer.Ordinal);

    /// <summary>The prompt of a metric in a language.</summary>
    /// <param name="metric">The kind: <c>faithfulness</c>.</param>
    /// <param name="language"><c>ru</c> or <c>en</c>.</param>
    public static Prompt Of(string metric, string language) => Read.GetOrAdd($"metric_{metric}_{language}@1.yaml", Parse);

    private static Prompt Parse(string file)
    {
        using var text = new StreamReader(typeof(BuiltInPrompts).Assembly.GetManifestResourceStream($"Assay.Evaluation.Prompts.{file}")!);
        var content = text.ReadToEnd();
        var written = CatalogFile.Parse<BuiltInPrompt>(content, $"catalog/prompts/{file}")[0];
        return new Prompt(written.Name, written.Version, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))))
        {
            Description = written.Description,
            Language = written.Language,
            Inputs = written.Inputs,
            System = written.System.Trim(),
            User = written.User.Trim(),
            Temperature = written.Parameters.Temperature,
        };
    }
}

/// <summary>A prompt file that comes with Assay.</summary>
internal sealed class BuiltInPrompt : CatalogEntry
{
    public string Name { get; set; } = "";

    public int Version { get; set; }

    public string Description { get; set; } = "";

    public string Language { get; set; } = "en";

    public BuiltInPromptParameters Parameters { get; set; } = new();

    public List<string> Inputs { get; set; } = [];

    public string System { get; set; } = "";

    public string User { get; set; } = "";
}

/// <summary>How the model is asked.</summary>
internal sealed class BuiltInPromptParameters
{
    public float? Temperature { get; set; }
}
