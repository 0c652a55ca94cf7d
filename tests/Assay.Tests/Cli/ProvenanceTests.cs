using System.Text.Json;

namespace Assay.Tests.Cli;

/// <summary>Where a setting comes from, as the real program records it.</summary>
public sealed class ProvenanceTests
{
    [Fact]
    public async Task The_summary_records_value_source_and_every_override()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Write("assay.json", """{"rag": {"dense": false, "rerank": true, "top_k": 5, "seed": 7}}""");
        place.Variables["ASSAY__RAG__RERANK"] = "false";
        place.Variables["ASSAY__RAG__TOP_K"] = "6";
        var ended = await place.RunAsync("rag", "run", "docs", "--config", "assay.json", "--top-k", "3");
        ended.ShouldPass();
        ended.Out.ShouldContain("  rag.dense: skipped (disabled via file:assay.json:rag.dense)\n");
        ended.Out.ShouldContain("  rag.rerank: skipped (disabled via env:ASSAY__RAG__RERANK)\n");

        var summary = place.Summary();
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();
        var settings = summary.GetProperty("provenance").GetProperty("settings");
        Shown(settings, "dense").ShouldBe("false file:assay.json:rag.dense [true default]");
        Shown(settings, "sparse").ShouldBe("true default []");
        Shown(settings, "rerank").ShouldBe("false env:ASSAY__RAG__RERANK [true default, true file:assay.json:rag.rerank]");
        Shown(settings, "top_k").ShouldBe("3 cli:--top-k [10 default, 5 file:assay.json:rag.top_k, 6 env:ASSAY__RAG__TOP_K]");
        Shown(settings, "seed").ShouldBe("7 file:assay.json:rag.seed [42 default]");
        summary.GetProperty("seed").GetInt64().ShouldBe(7);
    }

    [Fact]
    public async Task The_command_line_switches_on_what_file_and_environment_switched_off()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Write("assay.json", """{"rag": {"rerank": false}}""");
        place.Variables["ASSAY__RAG__SPARSE"] = "no";
        var ended = await place.RunAsync("rag", "run", "docs", "--config", "assay.json", "--enable-rerank", "--enable-sparse", "--json");
        ended.ShouldPass();
        var settings = CliPlace.Json(ended.Out).GetProperty("provenance").GetProperty("settings");
        Shown(settings, "rerank").ShouldBe("true cli:--enable-rerank [true default, false file:assay.json:rag.rerank]");
        Shown(settings, "sparse").ShouldBe("true cli:--enable-sparse [true default, false env:ASSAY__RAG__SPARSE]");
    }

    [Fact]
    public async Task A_flag_switches_stages_and_the_summary_names_it()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Write(
            "catalog/flags/rag.yaml",
            """
            name: rag_plus_plus
            description: Sparse and rerank.
            owner: retrieval
            rules:
              - name: nightly
                if: [{ attribute: key, operator: in, values: [nightly] }]
                serve: on
            """
        );
        place.Variables["ASSAY__RAG__RERANK"] = "true";
        var ended = await place.RunAsync("rag", "run", "docs", "--flags", "catalog", "--unit", "someone", "--enable-sparse");
        ended.ShouldPass();
        ended.Out.ShouldContain("  rag.rerank: skipped (disabled via flag:rag_plus_plus)\n");
        var summary = place.Summary();
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();
        summary.GetRawText().ShouldNotContain("someone");
        var settings = summary.GetProperty("provenance").GetProperty("settings");
        Shown(settings, "rerank").ShouldBe("false flag:rag_plus_plus [true default, true env:ASSAY__RAG__RERANK]");
        Shown(settings, "sparse").ShouldBe("true cli:--enable-sparse [true default, false flag:rag_plus_plus]");
        (await place.RunAsync("rag", "run", "docs", "--flags", "catalog", "--unit", "nightly", "--out", "other")).Out.ShouldNotContain("skipped (disabled");
        (await place.RunAsync("rag", "run", "docs", "--unit", "nightly")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("--flags");
    }

    [Fact]
    public async Task A_flag_says_how_documents_are_cut_for_whom_it_is_on()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Write(
            "catalog/flags/chunking.yaml",
            """
            name: new_chunking_strategy
            rules:
              - name: nightly
                if: [{ attribute: key, operator: in, values: [nightly] }]
                serve: on
            """
        );
        string[] run = ["rag", "run", "docs", "--flags", "catalog", "--chunk-tokens", "64", "--chunk-overlap", "8"];

        (await place.RunAsync([.. run, "--unit", "someone"])).ShouldPass();
        var summary = place.Summary();
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();
        Shown(summary.GetProperty("provenance").GetProperty("settings"), "chunking").ShouldBe("windows flag:new_chunking_strategy [headings default]");
        var windows = await ChunksAsync(place);
        windows.ShouldAllBe(c => c.GetProperty("heading_path").GetString() == "");

        (await place.RunAsync([.. run, "--unit", "nightly"])).ShouldPass();
        Shown(place.Summary().GetProperty("provenance").GetProperty("settings"), "chunking").ShouldBe("headings flag:new_chunking_strategy [headings default]");
        var headings = await ChunksAsync(place);
        headings.ShouldContain(c => c.GetProperty("heading_path").GetString() != "");
        headings.Select(Text).ShouldNotBe(windows.Select(Text));

        (await place.RunAsync([.. run, "--unit", "nightly", "--chunking", "windows"])).ShouldPass();
        (await ChunksAsync(place)).Select(Text).ShouldBe(windows.Select(Text));

        static string Text(JsonElement chunk) => chunk.GetProperty("text").GetString()!;
    }

    [Fact]
    public async Task Every_bad_value_of_file_environment_and_command_line_is_in_one_message()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        place.Variables["ASSAY__RAG__SEED"] = "x";
        place.Write("assay.json", """{"rag": {"top_k": 1001}}""");
        var ended = await place.RunAsync("rag", "run", "docs", "--config", "assay.json", "--fusion", "mean");
        ended.ShouldEndWith(ExitCode.WrongUsage);
        ended.Error.ShouldContain("file:assay.json:rag.top_k: '1001' is not a whole number from 1 to 1000.");
        ended.Error.ShouldContain("env:ASSAY__RAG__SEED: 'x' is not a whole number.");
        ended.Error.ShouldContain("cli:--fusion: 'mean' is not zscore or rrf.");
        Directory.Exists(place["out"]).ShouldBeFalse();
    }

    private static async Task<List<JsonElement>> ChunksAsync(CliPlace place) =>
        [.. (await File.ReadAllLinesAsync(place["out/exports/chunks.jsonl"], TestContext.Current.CancellationToken)).Select(CliPlace.Json)];

    private static string Shown(JsonElement settings, string name)
    {
        var setting = settings.GetProperty(name);
        return $"{Wish(setting)} [{string.Join(", ", setting.GetProperty("overrides").EnumerateArray().Select(Wish))}]";
    }

    private static string Wish(JsonElement wish) => $"{wish.GetProperty("value").GetString()} {wish.GetProperty("source").GetString()}";
}
