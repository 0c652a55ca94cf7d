using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Evaluation.Tests.Judges.Calibrations;

/// <summary>
/// Open collections that people labelled, as label files. They are not part of the repository: they lie in <c>shared/data</c> beside its root, and a test
/// that needs one is skipped without it, or fails where <c>ASSAY_REQUIRE_DATA=1</c>.
/// </summary>
internal static class OpenLabels
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>PandaLM: three people, 0 tie, 1 the first, 2 the second.</summary>
    public static LabelSet PandaLm() =>
        Convert(
            "judge-pairwise/pandalm.jsonl",
            item =>
                [
                    new JsonObject
                    {
                        ["id"] = Text(item["id"]),
                        ["input"] = $"{item["instruction"]}\n{item["input"]}".Trim(),
                        ["a"] = Text(item["a"]),
                        ["b"] = Text(item["b"]),
                        ["labels"] = Preferences(item["labels"]!.AsArray()),
                    },
                ]
        );

    /// <summary>LLMBar: one label, four subsets in which the worse answer looks better.</summary>
    public static LabelSet LlmBar() =>
        Convert(
            "judge-pairwise/llmbar.jsonl",
            item =>
                [
                    new JsonObject
                    {
                        ["id"] = Text(item["id"]),
                        ["input"] = Text(item["instruction"]),
                        ["a"] = Text(item["a"]),
                        ["b"] = Text(item["b"]),
                        ["labels"] = Preferences([item["label"]!.DeepClone()]),
                        ["group"] = Text(item["subset"]),
                    },
                ]
        );

    /// <summary>Answers of two RAG systems with a reference, graded by two people from −2 (a is much better) to 2.</summary>
    public static LabelSet JudgeRag() =>
        Convert(
            "judge-rag/pairs.jsonl",
            item =>
                [
                    new JsonObject
                    {
                        ["id"] = Text(item["id"]),
                        ["input"] = Text(item["query"]),
                        ["expected"] = Text(item["reference"]),
                        ["a"] = Text(item["a"]!["text"]),
                        ["b"] = Text(item["b"]!["text"]),
                        ["labels"] = new JsonArray([.. item["labels"]!.AsArray().Select(label => label!["overall"]!.DeepClone())]),
                        ["group"] = Text(item["dataset"]),
                    },
                ]
        );

    /// <summary>Reviews of one diff each, their relevance graded 1 to 5; reviews of one diff are a cluster. The reference is the list of claims about it.</summary>
    public static LabelSet CodeReview(string language) =>
        Convert(
            $"code-review/{language}.jsonl",
            change =>
                change["reviews"]!
                    .AsArray()
                    .Where(review => review!["ratings"]!.AsArray().Count > 0)
                    .Select(review => new JsonObject
                    {
                        ["id"] = $"{change["id"]}/{review!["system"]}",
                        ["input"] = Text(change["diff"]),
                        ["expected"] = string.Join('\n', change["claims"]!.AsArray()),
                        ["answer"] = Text(review["text"]),
                        ["labels"] = new JsonArray(Relevance(review, "A"), Relevance(review, "B")),
                        ["cluster"] = Text(change["id"]),
                    })
        );

    private static JsonNode? Relevance(JsonNode review, string annotator) =>
        review["ratings"]!.AsArray().FirstOrDefault(rating => (string?)rating!["annotator"] == annotator)?["relevance"]?.DeepClone();

    private static JsonArray Preferences(JsonArray labels) =>
        new([
            .. labels.Select(label =>
                (JsonNode)(
                    (int)label! switch
                    {
                        1 => "a",
                        2 => "b",
                        _ => "tie",
                    }
                )
            ),
        ]);

    // Two answers of PandaLM are the JSON value true.
    private static string Text(JsonNode? node) => node!.ToString();

    /// <summary>Through a label file, as a user would.</summary>
    private static LabelSet Convert(string name, Func<JsonNode, IEnumerable<JsonObject>> items)
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadLines(Require(name)).SelectMany(line => items(JsonNode.Parse(line)!)).Select(item => item.ToJsonString(Plain));
        return LabelSet.Read(folder.Write("labels.jsonl", string.Join('\n', lines)));
    }

    private static string Require(string name)
    {
        var path = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "data", name));
        if (!File.Exists(path))
        {
            var problem = $"The open data is not here; '{name}' is looked for in ../shared/data beside the repository root.";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1", problem);
            Assert.Fail(problem);
        }

        return path;
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No Assay.slnx above the tests.");
    }
}
