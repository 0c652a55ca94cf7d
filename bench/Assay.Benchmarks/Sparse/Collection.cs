using System.Text.Json;
using Assay.Rag.Judgements;

namespace Assay.Benchmarks.Sparse;

/// <summary>A document as every engine is given it.</summary>
internal sealed record Text(string Id, string Title, string Body);

/// <summary>Documents and queries of one folder, read into memory before anything is measured.</summary>
/// <param name="Folder">Holds corpus.jsonl and queries.jsonl, which peers in another process read themselves.</param>
/// <param name="Texts">The documents.</param>
/// <param name="Queries">The queries.</param>
internal sealed record Collection(string Folder, IReadOnlyList<Text> Texts, IReadOnlyList<Query> Queries)
{
    /// <summary>How many documents are asked for per query.</summary>
    public const int HitsPerQuery = 10;

    public static Collection Read(string folder) =>
        new(folder, [.. File.ReadLines(Path.Combine(folder, "corpus.jsonl")).Select(Parse)], Query.ReadAll(Path.Combine(folder, "queries.jsonl")));

    private static Text Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new Text(Value("id"), Value("title"), Value("text"));

        string Value(string name) => json.RootElement.GetProperty(name).GetString()!;
    }
}
