using System.Text.Json;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Canaries;

/// <summary>Canaries that are judged by what their reranker did, through a real hub and OTLP: spans of stages say nothing of flags, and come before their request.</summary>
public sealed class CanaryFallbackTests
{
    private static readonly string ByFlag = CanaryPlace.Release.Replace(
        "    - { name: latency, read: latency, kind: p95, relativeMargin: 0.5, unit: ms }",
        "    - { name: reranker fallbacks, read: fallback rerank, kind: rate, margin: 0.02, limit: 0.2 }"
    );

    private static readonly string ByVersion = ByFlag.Replace(
        "split: { flag: new_search }",
        "split: { command: [\"true\", \"{percent}\"] }\n  environment: production"
    );

    [Fact]
    public async Task A_candidate_whose_reranker_falls_back_is_rolled_back()
    {
        await using var place = await StartedAsync(ByFlag);
        await new SentStages("off", 3_000) { FellBack = 15 }.SendAsync(place.Hub!.Otlp);
        await new SentStages("on", 1_000) { FellBack = 100 }.SendAsync(place.Hub!.Otlp);
        var looked = await place.RunAsync("canary", "check", "shop");
        looked.Code.ShouldBe(1, looked.Out);
        looked.Out.ShouldContain("is rolled back at 0 %");
        var metric = await FallbacksAsync(place);
        metric.GetProperty("verdict").GetString().ShouldBe("fail");
        metric.GetProperty("canary").GetDouble().ShouldBe(0.1, 1e-9);
        metric.GetProperty("control").GetDouble().ShouldBe(0.005, 1e-9);
        // Traces to look at are such in which it fell back.
        var trace = metric.GetProperty("trace_ids").EnumerateArray().First().GetString();
        var seen = await Answered.GetAsync(place.Hub!.Client, $"/api/v1/traces/{trace}");
        seen.Text.ShouldContain("model_timeout");
    }

    [Fact]
    public async Task A_candidate_whose_reranker_is_well_is_promoted()
    {
        await using var place = await StartedAsync(ByFlag);
        await new SentStages("off", 6_000) { FellBack = 30 }.SendAsync(place.Hub!.Otlp);
        await new SentStages("on", 2_000) { FellBack = 10 }.SendAsync(place.Hub!.Otlp);
        await Eventually.GetAsync(() => place.RunAsync("canary", "check", "shop"), r => r.Code == 0, "the step is not proven");
        (await place.RunAsync("canary", "status", "shop")).Out.ShouldContain("is promoted at 100 %");
    }

    [Fact]
    public async Task A_reranker_that_only_the_candidate_has_is_judged_against_none()
    {
        await using var place = await StartedAsync(ByFlag);
        await new SentStages("off", 6_000) { Ran = 0 }.SendAsync(place.Hub!.Otlp);
        await new SentStages("on", 2_000) { FellBack = 5 }.SendAsync(place.Hub!.Otlp);
        await Eventually.GetAsync(() => place.RunAsync("canary", "check", "shop"), r => r.Code == 0, "the step is not proven");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6_000, 0)]
    public async Task A_canary_without_a_span_of_the_reranker_is_no_data_and_goes_nowhere(int ofControl, int ofCanary)
    {
        await using var place = await StartedAsync(ByFlag);
        await new SentStages("off", 6_000) { Ran = ofControl }.SendAsync(place.Hub!.Otlp);
        await new SentStages("on", 2_000) { Ran = ofCanary }.SendAsync(place.Hub!.Otlp);
        var looked = await place.RunAsync("canary", "check", "shop");
        looked.Code.ShouldBe(3, looked.Out);
        var metric = await FallbacksAsync(place);
        metric.GetProperty("verdict").GetString().ShouldBe("no_data");
        metric.GetProperty("reason").GetString()!.ShouldContain("no span 'rag.rerank' of the canary says whether it fell back");
    }

    [Fact]
    public async Task A_few_runs_of_a_stage_among_many_requests_prove_nothing()
    {
        await using var place = await StartedAsync(ByFlag);
        await new SentStages("off", 6_000).SendAsync(place.Hub!.Otlp);
        await new SentStages("on", 2_000) { Ran = 3 }.SendAsync(place.Hub!.Otlp);
        (await place.RunAsync("canary", "check", "shop")).Code.ShouldBe(3);
        (await FallbacksAsync(place)).GetProperty("verdict").GetString().ShouldBe("inconclusive");
    }

    [Fact]
    public async Task A_reason_counts_alone()
    {
        await using var place = await StartedAsync(ByFlag.Replace("fallback rerank", "fallback rerank no_candidates"));
        await new SentStages("off", 3_000).SendAsync(place.Hub!.Otlp);
        await new SentStages("on", 1_000) { FellBack = 500 }.SendAsync(place.Hub!.Otlp);
        await place.RunAsync("canary", "check", "shop");
        var metric = await FallbacksAsync(place);
        metric.GetProperty("canary").GetDouble().ShouldBe(0);
        metric.GetProperty("canary_count").GetInt64().ShouldBe(1_000);
    }

    [Fact]
    public async Task A_span_that_knows_no_flag_is_an_error_under_a_flag()
    {
        await using var place = await StartedAsync(ByFlag.Replace("read: fallback rerank, kind: rate,", "read: span rag.rerank, kind: rate, role: info,"));
        await new SentStages("off", 3_000).SendAsync(place.Hub!.Otlp);
        await new SentStages("on", 1_000).SendAsync(place.Hub!.Otlp);
        await place.RunAsync("canary", "check", "shop");
        var metric = await FallbacksAsync(place);
        metric.GetProperty("verdict").GetString().ShouldBe("error");
        metric.GetProperty("reason").GetString()!.ShouldContain("4000 spans 'rag.rerank' do not say which variant their request had");
    }

    [Fact]
    public async Task Traffic_of_another_environment_is_nobodys()
    {
        await using var place = await StartedAsync(ByVersion);
        await new SentStages(null, 3_000) { Version = "1.8.0", Environment = "production" }.SendAsync(place.Hub!.Otlp);
        await new SentStages(null, 1_000) { Version = "1.9.0", Environment = "production" }.SendAsync(place.Hub!.Otlp);
        // The same version is tried in staging, where half of it fails on purpose.
        await new SentStages(null, 900)
        {
            Version = "1.9.0",
            Environment = "staging",
            Failed = 450,
            FellBack = 450,
        }.SendAsync(place.Hub!.Otlp);
        var looked = await place.RunAsync("canary", "check", "shop", "--json");
        looked.Code.ShouldNotBe(1, looked.Out);
        foreach (var metric in await MetricsAsync(place))
        {
            metric.GetProperty("canary_count").GetInt64().ShouldBe(1_000);
            metric.GetProperty("canary").GetDouble().ShouldBe(0);
        }
    }

    private static async Task<CanaryPlace> StartedAsync(string release)
    {
        var place = await CanaryPlace.OpenAsync(release);
        var started = await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        started.Code.ShouldBe(0, started.Error);
        return place;
    }

    private static async Task<JsonElement> FallbacksAsync(CanaryPlace place) => (await MetricsAsync(place))[1];

    private static async Task<IReadOnlyList<JsonElement>> MetricsAsync(CanaryPlace place) =>
        [.. (await Answered.GetAsync(place.Hub!.Client, "/api/v1/canaries/shop")).Json.GetProperty("metrics").EnumerateArray()];
}
