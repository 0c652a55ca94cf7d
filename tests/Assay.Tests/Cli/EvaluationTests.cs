using System.Globalization;
using System.Text.Json;
using Assay.Tests.Observability;

namespace Assay.Tests.Cli;

/// <summary>A judged collection through the real command line.</summary>
[Collection(AloneInProcess.Name)]
public sealed class EvaluationTests
{
    [Fact]
    public async Task The_handbook_is_scored_and_the_run_says_the_same_as_the_report()
    {
        using var place = new CliPlace();
        var handbook = CliPlace.Handbook;
        var qrels = Path.Combine(handbook, "qrels.tsv");
        var ended = await place.CallAsync(
            "rag",
            "eval",
            "--corpus",
            Path.Combine(handbook, "docs"),
            "--queries",
            Path.Combine(handbook, "queries.jsonl"),
            "--qrels",
            qrels,
            "--run-out",
            place["run.trec"],
            "--json"
        );
        var report = OnlyDocument(ended.ShouldPass().Out);
        report.GetProperty("documents").GetInt32().ShouldBe(43);
        report.GetProperty("queries").GetInt32().ShouldBe(199);
        report.GetProperty("scored_queries").GetInt32().ShouldBe(199);
        report.GetProperty("unknown").GetProperty("documents").GetInt32().ShouldBe(0);
        report.GetProperty("rerank").GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();

        var ndcg = report.GetProperty("metrics").GetProperty("ndcg10").GetDouble();
        ndcg.ShouldBeInRange(0.5, 1);
        NdcgOf(ReadRun(place["run.trec"]), qrels).ShouldBe(ndcg, 1e-9);
    }

    [Fact]
    public async Task Without_reranking_there_is_nothing_to_compare()
    {
        using var place = new CliPlace();
        var qrels = place.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nroll\ten/rollback.md\t2\n");
        var corpus = place.WriteSmallCorpus();
        string[] arguments = ["rag", "eval", "--corpus", corpus, "--queries", place.WriteQueries(), "--qrels", qrels, "--disable-rerank"];
        var report = OnlyDocument((await place.CallAsync([.. arguments, "--json"])).ShouldPass().Out);
        report.TryGetProperty("rerank", out _).ShouldBeFalse();
        report.TryGetProperty("fused", out _).ShouldBeFalse();
        report.GetProperty("scored_queries").GetInt32().ShouldBe(1);
        report.GetProperty("metrics").GetProperty("ndcg10").GetDouble().ShouldBe(1);

        var text = (await place.CallAsync(arguments)).ShouldPass().Out;
        text.ShouldContain("3 documents in ");
        text.ShouldContain("1 of 3 queries scored");
        text.ShouldContain("nDCG@10");
        text.Split('\n').ShouldAllBe(l => l.Length <= 80);
    }

    [Fact]
    public async Task An_open_collection_of_English_questions_is_answered_well()
    {
        var data = OpenData.Require("ir-xquad-en");
        using var place = new CliPlace();
        string[] files = ["--corpus", $"{data}/corpus.jsonl", "--queries", $"{data}/queries.jsonl", "--qrels", $"{data}/qrels.tsv"];
        var report = OnlyDocument((await place.CallAsync(["rag", "eval", .. files, "--json"])).ShouldPass().Out);
        report.GetProperty("scored_queries").GetInt32().ShouldBe(612);
        report.GetProperty("metrics").GetProperty("ndcg10").GetDouble().ShouldBeGreaterThan(0.9);
    }

    private static JsonElement OnlyDocument(string output)
    {
        // Parsing fails on anything before, after or between.
        var document = CliPlace.Json(output);
        document.ValueKind.ShouldBe(JsonValueKind.Object);
        return document;
    }

    /// <summary>A reader of TREC runs that shares nothing with the writer: sorts by score as trec_eval does.</summary>
    private static Dictionary<string, List<string>> ReadRun(string path)
    {
        var lines = File.ReadAllLines(path).Select(l => l.Split(' ')).ToList();
        lines.ShouldAllBe(l => l.Length == 6 && l[1] == "Q0");
        return lines
            .GroupBy(l => l[0])
            .ToDictionary(
                g => g.Key,
                g =>
                {
                    var byScore = g.OrderByDescending(l => double.Parse(l[4], CultureInfo.InvariantCulture)).Select(l => l[2]).ToList();
                    byScore.ShouldBe(g.OrderBy(l => int.Parse(l[3], CultureInfo.InvariantCulture)).Select(l => l[2]), g.Key);
                    byScore.ShouldBeUnique();
                    return byScore;
                }
            );
    }

    private static double NdcgOf(Dictionary<string, List<string>> run, string qrels)
    {
        var judged = File.ReadAllLines(qrels)
            .Skip(1)
            .Select(l => l.Split('\t'))
            .ToLookup(l => l[0], l => (Document: l[1], Grade: int.Parse(l[2], CultureInfo.InvariantCulture)));
        return judged.Average(query =>
        {
            var grades = query.ToDictionary(j => j.Document, j => j.Grade);
            var found = run.GetValueOrDefault(query.Key, []).Select(d => grades.GetValueOrDefault(d));
            return Gain(found) / Gain(grades.Values.OrderDescending());
        });
    }

    private static double Gain(IEnumerable<int> grades) => grades.Take(10).Select((g, i) => g / Math.Log(i + 2, 2)).Sum();
}
