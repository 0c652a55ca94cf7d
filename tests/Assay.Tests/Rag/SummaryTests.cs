using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Rag.Settings;
using Assay.Telemetry;
using Assay.Tests.Cli;
using Assay.Tests.Observability;
using Assay.Tests.Rag.Gpu;
using Assay.Tests.Tidy;

namespace Assay.Tests.Rag;

/// <summary>The published schema takes what a run writes and refuses what it must never write.</summary>
[Collection(AloneInProcess.Name)]
public sealed class SummaryTests
{
    /// <summary>Where in the summary, and what is put there; nothing takes the place away.</summary>
    public static TheoryData<string, string?> Faults =>
        new()
        {
            { "telemetry/metrics/rerank/status", "\"ok\"" },
            { "telemetry/metrics/rerank/samples", "0" },
            { "telemetry/metrics/rerank/metric", "\"rag_rerank_seconds\"" },
            { "telemetry/metrics/fuse", "{}" },
            { "telemetry/spans/rag.rerank/status", "\"skipped\"" },
            { "telemetry/spans/rag.rerank/attributes/latency", "1" },
            { "telemetry/spans/rag.export", null },
            { "rerank_run/status", "\"done\"" },
            { "rerank_run/model", null },
            { "rerank_run/latency_ms", "\"5\"" },
            { "sparse_run/coverage_ratio", "1.5" },
            { "export_run", null },
            { "telemetry", null },
            { "performance_baseline", null },
            { "performance_baseline/gpu/peak_memory_used_gb", "0" },
            { "performance_baseline/gpu/peak_memory_used_gb", null },
            { "performance_baseline/gpu/soft_limit_exceeded", "false" },
            { "performance_baseline/gpu/soft_limit_exceeded", null },
            { "performance_baseline/gpu/status", "\"within_limit\"" },
            { "provenance", null },
            { "provenance/settings/top_k", null },
            { "provenance/settings/top_k/source", "\"somewhere\"" },
            { "provenance/settings/top_k/overrides", null },
            { "hashes/index/sparse.idx", "\"abc\"" },
            { "corpus/documents", "0" },
            { "schema_version", "\"4.0\"" },
            { "seed", null },
            { "trace_id", "\"none\"" },
            { "surprise", "1" },
        };

    [Fact]
    public async Task The_schema_takes_a_real_summary_with_a_GPU_and_without()
    {
        using var smi = FakeNvidiaSmi.Using(2000);
        using var bed = new PipelineBed();
        foreach (var program in (string?[])[null, smi.Path])
        {
            var observed = await bed.RunAsync(program);
            (await PublishedSchema.FaultsAsync(observed.Summary.ToJson())).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_schema_takes_a_stage_that_a_flag_switched_off()
    {
        using var bed = new PipelineBed();
        var observed = await bed.RunAsync(nvidiaSmi: null, new SettingWish("rerank", "false", "flag:rag_plus_plus"));
        var summary = observed.Summary.ToJson();
        summary.ShouldContain("\"flag:rag_plus_plus\"");
        (await PublishedSchema.FaultsAsync(summary)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_takes_a_summary_without_telemetry()
    {
        using var bed = new PipelineBed(tracing: false, metrics: false);
        var observed = await bed.RunAsync(nvidiaSmi: null);
        (await PublishedSchema.FaultsAsync(observed.Summary.ToJson())).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_refuses_a_wrong_status_a_missing_section_and_every_other_fault()
    {
        using var bed = new PipelineBed();
        var sound = (await bed.RunAsync(nvidiaSmi: null)).Summary.ToJson();
        foreach (var (where, what) in Faults.Select(f => f.Data))
        {
            (await PublishedSchema.FaultsAsync(Changed(sound, where, what))).ShouldNotBeEmpty($"{where} = {what ?? "nothing"}");
        }

        var legless = Changed(Changed(sound, "dense_run", value: null), "sparse_run", value: null);
        (await PublishedSchema.FaultsAsync(legless)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_is_unknown_of_the_GPU_is_null_and_neither_0_nor_absent()
    {
        using var bed = new PipelineBed();
        var gpu = CliPlace.Json((await bed.RunAsync(nvidiaSmi: null)).Summary.ToJson()).GetProperty("performance_baseline").GetProperty("gpu");
        gpu.GetProperty("peak_memory_used_gb").ValueKind.ShouldBe(JsonValueKind.Null);
        gpu.GetProperty("soft_limit_exceeded").ValueKind.ShouldBe(JsonValueKind.Null);
        gpu.GetProperty("status").GetString().ShouldBe("unavailable");
        gpu.GetProperty("reason").GetString().ShouldBe("no GPU found");
    }

    [Fact]
    public void The_schema_knows_exactly_the_registered_attributes_of_the_reported_spans()
    {
        var registered = TelemetryRegistry.Default.Spans.Where(s => s.Name is "rag.dense" or "rag.sparse" or "rag.rerank" or "rag.export");
        var span = CliPlace.Json(Repository.Text(PublishedSchema.File)).GetProperty("definitions").GetProperty("span").GetProperty("oneOf")[0];
        var known = span.GetProperty("properties").GetProperty("attributes").GetProperty("properties").EnumerateObject().Select(p => p.Name);
        known.Order().ShouldBe(registered.SelectMany(s => s.Attributes).Distinct().Order());
    }

    private static string Changed(string json, string where, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var steps = where.Split('/');
        var parent = steps[..^1].Aggregate(root, (node, step) => node[step]!).AsObject();
        if (value is null)
        {
            parent.Remove(steps[^1]).ShouldBeTrue(where);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }
}
