using System.Text.Json;
using Assay.Tests.Observability;

namespace Assay.Tests.Cli;

/// <summary>Questions to an index of the handbook.</summary>
[Collection(AloneInProcess.Name)]
public sealed class SearchTests(SearchTests.HandbookIndex handbook) : IClassFixture<SearchTests.HandbookIndex>
{
    [Theory]
    [InlineData("How do I roll back a release?", "en/rollback.md")]
    [InlineData("как откатить релиз", "ru/otkat-reliza.md")]
    [InlineData("canary step length", "en/canary.md")]
    public async Task A_query_finds_its_document_in_80_columns_with_every_stage_named(string query, string document)
    {
        var shown = (await handbook.AskAsync("query", query)).ShouldPass();
        var lines = shown.Out.Split('\n');
        lines.Take(16).ShouldContain(l => l.Contains(document), shown.Out);
        lines.ShouldAllBe(l => l.Length <= 80);
        foreach (var (stage, model) in ((string, string)[])[("dense", "offline/lsa"), ("sparse", "bm25f"), ("fuse", "zscore"), ("rerank", "offline/")])
        {
            lines.ShouldContain(l => l.StartsWith($"  {stage, -7} applied ({model}"), shown.Out);
        }

        shown.Error.ShouldBe("");
    }

    [Fact]
    public async Task A_query_says_what_was_skipped_and_why()
    {
        var shown = (await handbook.AskAsync("query", "rollback", "--disable-rerank", "--disable-dense", "--top-k", "2")).ShouldPass();
        shown.Out.ShouldContain("  dense   skipped (disabled via cli:--disable-dense)\n");
        shown.Out.ShouldContain("  rerank  skipped (disabled via cli:--disable-rerank)\n");
        shown.Out.ShouldContain(" 2. ");
        shown.Out.ShouldNotContain(" 3. ");
    }

    [Fact]
    public async Task A_query_whose_words_nobody_wrote_says_that_every_stage_fell_back()
    {
        var shown = (await handbook.AskAsync("query", "qqzzkkvv xxwwqqjj")).ShouldPass();
        shown.Out.ShouldContain("  dense   fallback (no_known_terms)\n");
        shown.Out.ShouldContain("  sparse  fallback (no_known_terms)\n");
        shown.Out.ShouldContain("  rerank  fallback (no_candidates)\n");
    }

    [Fact]
    public async Task As_JSON_a_query_is_one_document_with_the_score_of_every_stage()
    {
        var result = CliPlace.Json((await handbook.AskAsync("query", "error budget", "--json", "--top-k", "3")).ShouldPass().Out);
        var passages = result.GetProperty("passages").EnumerateArray().ToList();
        passages.Select(p => p.GetProperty("rank").GetInt32()).ShouldBe([1, 2, 3]);
        foreach (var score in (string[])["score", "sparse", "dense", "fused", "reranked"])
        {
            passages.ShouldAllBe(p => p.GetProperty(score).ValueKind == JsonValueKind.Number, score);
        }

        result.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("status").GetString()).ShouldAllBe(s => s == "applied");
    }

    [Theory]
    [InlineData("How do I roll back a release?")]
    [InlineData("Сколько длится шаг канарейки?")]
    public async Task An_answer_quotes_the_documents_that_it_cites(string question)
    {
        var answer = CliPlace.Json((await handbook.AskAsync("ask", question, "--json")).ShouldPass().Out);
        answer.GetProperty("model").GetString().ShouldBe("offline/extractive");
        var sentences = answer.GetProperty("sentences").EnumerateArray().ToList();
        sentences.ShouldNotBeEmpty();
        foreach (var sentence in sentences)
        {
            var cited = answer.GetProperty("citations").GetProperty($"{sentence.GetProperty("passage")}").GetProperty("text").GetString()!;
            Words(sentence.GetProperty("text").GetString()!).Except(Words(cited)).ShouldBeEmpty();
        }

        var shown = (await handbook.AskAsync("ask", question)).ShouldPass().Out;
        shown.ShouldContain("[1]");
        shown.ReplaceLineEndings(" ").ShouldContain("no language model ran");
        shown.Split('\n').ShouldAllBe(l => l.Length <= 80);
    }

    [Fact]
    public async Task A_question_that_nobody_answered_ends_as_inconclusive() =>
        (await handbook.AskAsync("ask", "qqzzkkvv xxwwqqjj")).ShouldEndWith(ExitCode.Inconclusive).Out.ShouldContain("No answer");

    private static string[] Words(string text) => text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The handbook, indexed once for the class.</summary>
    public sealed class HandbookIndex : IAsyncLifetime
    {
        private readonly CliPlace place = new();

        internal Task<Finished> AskAsync(string command, string text, params string[] options) =>
            place.CallAsync(["rag", command, text, "--index", place["out"], .. options]);

        public async ValueTask InitializeAsync() =>
            (await place.CallAsync("rag", "run", Path.Combine(CliPlace.Handbook, "docs"), "--out", place["out"])).ShouldPass();

        public ValueTask DisposeAsync()
        {
            place.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
