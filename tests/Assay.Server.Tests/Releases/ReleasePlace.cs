using System.Text.Json;
using Assay.Releases.Approvals;

namespace Assay.Server.Tests.Releases;

/// <summary>A catalog with a benchmark, a release that needs it, and people who may approve.</summary>
internal static class ReleasePlace
{
    public const string Commit = "1898bfe1898bfe1898bfe1898bfe1898bfe18980";

    public static readonly string Anna = ApprovalKey.New();
    public static readonly string Boris = ApprovalKey.New();

    /// <summary>Forty questions whose recorded answers are right: gates pass by data, not by a model.</summary>
    public static void WriteCatalog(string catalog, int approvals = 0, string more = "")
    {
        Write(catalog, "releases/rag.yaml", Release(approvals, more));
        Write(
            catalog,
            "releases/approvers.yaml",
            $"""
            approvers:
              - name: anna
                key: {ApprovalKey.PublicOf(Anna)}
                may: [gate, promote]
              - name: boris
                key: {ApprovalKey.PublicOf(Boris)}
                may: [promote]
            """
        );
        Write(
            catalog,
            "benchmarks/handbook.yaml",
            """
            name: handbook
            dataset: ../datasets/questions.jsonl
            target: { recorded: ../datasets/answers.jsonl }
            metrics:
              - kind: exact
            gates:
              - { metric: exact, statistic: rate, caseAtLeast: 1, atLeast: 0.8 }
            """
        );
        Write(
            catalog,
            "datasets/questions.jsonl",
            Lines(i => new
            {
                id = $"q{i}",
                input = $"What is {i} and {i}?",
                expected = $"{i + i}",
            })
        );
        WriteAnswers(catalog, right: 40);
    }

    /// <summary>Recorded answers of which so many are right.</summary>
    public static void WriteAnswers(string catalog, int right) =>
        Write(catalog, "datasets/answers.jsonl", Lines(i => new { id = $"q{i}", answer = i < right ? $"{i + i}" : "no idea" }));

    public static string Release(int approvals, string more = "") =>
        $$"""
            name: rag
            description: The reranker for everybody.
            owner: retrieval
            service: rag-service
            gate:
              evidence:
                - { benchmark: handbook, maxAge: 7d }{{more}}
              approvals: {{approvals}}
            """;

    public static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Lines<T>(Func<int, T> line) => string.Concat(Enumerable.Range(0, 40).Select(i => JsonSerializer.Serialize(line(i)) + "\n"));
}
