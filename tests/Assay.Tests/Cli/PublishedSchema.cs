using Assay.Tests.Tidy;
using NJsonSchema;

namespace Assay.Tests.Cli;

/// <summary>The published schema of <c>processing_summary.json</c>.</summary>
internal static class PublishedSchema
{
    public const string File = "docs/reference/processing_summary.schema.json";

    private static readonly Lazy<Task<JsonSchema>> LazySchema = new(() => JsonSchema.FromJsonAsync(Repository.Text(File)));

    /// <summary>What the schema finds wrong with a summary, each with its place.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string summary) =>
        [.. (await LazySchema.Value).Validate(summary).Select(e => $"{e.Path}: {e.Kind}")];
}
