using System.Text.Json;
using Assay.Tests.Rag.Gpu;

namespace Assay.Tests.Cli;

/// <summary>What the spans, metrics and sections of a whole run carry, as the real program wrote them.</summary>
public sealed class StageSpanTests
{
    [Fact]
    public async Task Every_stage_of_a_batch_carries_its_attributes()
    {
        using var smi = FakeNvidiaSmi.Using(8000);
        using var place = new CliPlace { ProgramsFirst = smi.Folder };
        var summary = await RunHandbookAsync(place);
        var chunks = summary.GetProperty("corpus").GetProperty("chunks").GetInt64();
        chunks.ShouldBeGreaterThanOrEqualTo(10);

        var spans = place.Spans();
        foreach (var stage in (string[])["read", "chunk", "dense", "sparse", "rerank", "export"])
        {
            Number(spans[$"rag.{stage}"].Single(), "latency_ms").ShouldBeGreaterThan(0, stage);
        }

        foreach (var (stage, model) in ((string, string)[])[("dense", "offline/lsa"), ("sparse", "bm25f"), ("rerank", "offline/features")])
        {
            var span = spans[$"rag.{stage}"].Single();
            Number(span, "batch_size").ShouldBe(chunks, stage);
            span.GetProperty("models_executed").GetString().ShouldBe(model);
            span.GetProperty("fallback_used").GetBoolean().ShouldBeFalse(stage);
        }

        Number(spans["rag.dense"].Single(), "chunks_per_second").ShouldBeGreaterThan(0);
        Number(spans["rag.sparse"].Single(), "coverage_ratio").ShouldBe(1);
        ExportShows(place, spans["rag.export"].Single(), chunks);

        var page = place.Metrics();
        page.Value("rag_rerank_latency_seconds_sum").ShouldNotBeNull().ShouldBeGreaterThan(0);
        page.Value("rag_gpu_peak_bytes", ("stage", "rerank")).ShouldBe(8000 * 1048576.0);
    }

    [Fact]
    public async Task Every_stage_of_a_query_carries_its_candidates_and_whether_it_fell_back()
    {
        using var place = new CliPlace();
        place.WriteSmallCorpus();
        (await place.RunAsync("rag", "run", "docs", "--queries", place.WriteQueries())).ShouldPass();
        var spans = place.Spans();
        foreach (var stage in (string[])["dense", "sparse", "rerank"])
        {
            // The first is the batch; of the three queries the last has words that no document has.
            var queries = spans[$"rag.{stage}"].Skip(1).ToList();
            queries.Select(q => q.GetProperty("fallback_used").GetBoolean()).ShouldBe([false, false, true], stage);
            queries.Take(2).ShouldAllBe(q => Number(q, "candidate_count") > 0, stage);
            Number(queries[2], "candidate_count").ShouldBe(0);
            queries[2].GetProperty("fallback_reason").GetString().ShouldBe(stage == "rerank" ? "no_candidates" : "no_known_terms");
        }

        spans["rag.fuse"].Count().ShouldBe(3);
    }

    [Fact]
    public async Task Without_a_GPU_no_span_has_a_peak()
    {
        using var smi = new FakeNvidiaSmi($"echo \"{FakeNvidiaSmi.NoDriver}\"; exit 9");
        using var place = new CliPlace { ProgramsFirst = smi.Folder };
        place.WriteSmallCorpus();
        (await place.RunAsync("rag", "run", "docs")).ShouldPass();
        place.Spans()["rag.dense"].ShouldNotBeEmpty();
        place.Spans().SelectMany(s => s).Where(s => s.TryGetProperty("gpu_peak_gb", out _)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sections_of_rerank_and_sparse_hold_what_the_run_did()
    {
        using var place = new CliPlace();
        var summary = await RunHandbookAsync(place);
        var chunks = summary.GetProperty("corpus").GetProperty("chunks").GetInt64();

        var sparse = summary.GetProperty("sparse_run");
        sparse.GetProperty("model").GetString().ShouldBe("bm25f");
        Number(sparse, "chunks").ShouldBe(chunks);
        Number(sparse, "coverage_ratio").ShouldBe(1);
        Number(sparse, "terms").ShouldBeGreaterThan(chunks);
        Number(sparse, "index_bytes").ShouldBe(new FileInfo(place["out/index/sparse.idx"]).Length);
        Number(sparse, "latency_ms").ShouldBeGreaterThan(0);

        var rerank = summary.GetProperty("rerank_run");
        rerank.GetProperty("model").GetString().ShouldBe("offline/features");
        rerank.GetProperty("status").GetString().ShouldBe("staged");
        Number(rerank, "chunks").ShouldBe(chunks);
        Number(rerank, "top_k_candidates").ShouldBe(100);
        Number(rerank, "latency_ms").ShouldBeGreaterThan(0);
    }

    private static async Task<JsonElement> RunHandbookAsync(CliPlace place)
    {
        (await place.RunAsync("rag", "run", Path.Combine(CliPlace.Handbook, "docs"), "--out", "out", "--metrics-file", "metrics.prom")).ShouldPass();
        return place.Summary();
    }

    private static void ExportShows(CliPlace place, JsonElement span, long chunks)
    {
        var files = new DirectoryInfo(place["out/exports"]).GetFiles();
        Number(span, "batch_size").ShouldBe(chunks);
        Number(span, "file_count").ShouldBe(files.Length);
        Number(span, "total_size_mb").ShouldBe(files.Sum(f => f.Length) / 1e6, 1e-9);
        foreach (var flag in (string[])["export_vectors", "export_sparse_vectors", "export_chunks"])
        {
            span.GetProperty(flag).GetBoolean().ShouldBeTrue(flag);
        }
    }

    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
