using System.Text.Json;
using Assay.Server.Quality;
using Assay.Server.Tests.Costs;
using Assay.Statistics.Samples;

namespace Assay.Server.Tests.Quality;

public sealed class QualityApiTests
{
    [Fact]
    public async Task A_mean_has_its_interval_and_a_guardrail_its_rate()
    {
        await using var hub = await PricedHub.StartAsync();
        await PostAsync(
            hub,
            Scores("relevance", "quality", 0.2, 0.4, 0.6, 0.8) + "," + Scores("stars", "rating", 5) + "," + Scores("pii", "guardrail", 1, 0, 0, 0, 0)
        );

        var quality = (await Answered.GetAsync(hub.Client, $"/api/v1/quality?{Traffic.Day}")).Json;

        var mean = quality.GetProperty("scores")[0].GetProperty("mean");
        mean.GetProperty("value").GetDouble().ShouldBe(0.5, 1e-12);
        mean.GetProperty("n").GetInt64().ShouldBe(4);
        // t(0.975, 3) = 3.182446; s = 0.2581989: 0.5 ± 3.182446 · 0.2581989 / 2
        mean.GetProperty("low").GetDouble().ShouldBe(0.08914, 1e-4);
        mean.GetProperty("high").GetDouble().ShouldBe(0.91086, 1e-4);
        var stars = quality.GetProperty("ratings")[0].GetProperty("mean");
        stars.GetProperty("value").GetDouble().ShouldBe(5);
        stars.TryGetProperty("low", out _).ShouldBeFalse();
        stars.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        var pii = quality.GetProperty("guardrails")[0];
        (pii.GetProperty("triggered").GetInt64(), pii.GetProperty("checked").GetInt64()).ShouldBe((1, 5));
        // Wilson, 1 of 5 at 95 %.
        pii.GetProperty("rate").GetProperty("low").GetDouble().ShouldBe(0.03622, 1e-4);
        pii.GetProperty("rate").GetProperty("high").GetDouble().ShouldBe(0.62446, 1e-4);
    }

    [Theory]
    [InlineData("operation", "POST /ask")]
    [InlineData("version", "1.4")]
    [InlineData("variant", "rerank=on")]
    [InlineData("prompt", "answer@3")]
    [InlineData("service", "rag")]
    public async Task Quality_is_split_by_what_is_asked_for(string by, string key)
    {
        await using var hub = await PricedHub.StartAsync();
        await PostAsync(
            hub,
            """{"key": "a", "name": "relevance", "value": 1, "time": "2026-03-01T12:00:00Z", "service": "rag", "operation": "POST /ask", "version": "1.4", "variant": "rerank=on", "prompt": "answer@3"}"""
        );
        var quality = (await Answered.GetAsync(hub.Client, $"/api/v1/quality?{Traffic.Day}&by={by}")).Json;
        quality.GetProperty("scores")[0].GetProperty("key").GetString().ShouldBe(key);
    }

    [Fact]
    public async Task The_dashboard_is_one_document_of_latency_errors_costs_quality_tools_and_slos()
    {
        await using var hub = await PricedHub.StartAsync();
        var traffic = new Traffic(hub);
        for (var i = 1; i <= 100; i++)
        {
            var request = new RequestFacts
            {
                DurationMs = i,
                Failed = i > 98,
                Tools = i <= 10 ? [new("search", 20 + i, Failed: i == 1)] : [],
            };
            await traffic.RequestAsync(request, Traffic.Call("fox"));
        }

        await PostAsync(hub, Scores("relevance", "quality", 0.2, 0.4));
        var dashboard = (await Answered.GetAsync(hub.Client, $"/api/v1/dashboard?{Traffic.Day}&step=12h")).Json;

        var latency = dashboard.GetProperty("latency").GetProperty("operations")[0];
        latency.GetProperty("operation").GetString().ShouldBe("POST /ask");
        var figures = latency.GetProperty("figures");
        var error = figures.GetProperty("relative_error").GetDouble();
        error.ShouldBeInRange(0, 0.01);
        figures.GetProperty("p50_ms").GetDouble().ShouldBe(50, 50 * error);
        figures.GetProperty("p95_ms").GetDouble().ShouldBe(95, 95 * error);
        figures.GetProperty("p99_ms").GetDouble().ShouldBe(99, 99 * error);
        figures.GetProperty("most_ms").GetDouble().ShouldBe(100);
        dashboard.GetProperty("errors").GetProperty("all").GetProperty("failed").GetInt64().ShouldBe(2);
        dashboard.GetProperty("errors").GetProperty("all").GetProperty("rate").GetProperty("value").GetDouble().ShouldBe(0.02);
        dashboard.GetProperty("costs").GetProperty("totals").GetProperty("cost_usd").GetDecimal().ShouldBe(0.4m);
        dashboard.GetProperty("quality").GetProperty("scores")[0].GetProperty("mean").GetProperty("n").GetInt64().ShouldBe(2);
        var tool = dashboard.GetProperty("tools")[0];
        tool.GetProperty("tool").GetString().ShouldBe("search");
        tool.GetProperty("calls").GetProperty("count").GetInt64().ShouldBe(10);
        tool.GetProperty("calls").GetProperty("failed").GetInt64().ShouldBe(1);
        tool.GetProperty("latency").GetProperty("p50_ms").GetDouble().ShouldBe(25, 0.1);
        dashboard.GetProperty("slos").ValueKind.ShouldBe(JsonValueKind.Array);
        dashboard.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("requests").GetProperty("count").GetInt64()).ShouldBe([0L, 100L]);
        dashboard.GetProperty("points")[0].TryGetProperty("latency", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_telemetry_the_dashboard_claims_nothing()
    {
        await using var hub = await PricedHub.StartAsync();
        var dashboard = (await Answered.GetAsync(hub.Client, "/api/v1/dashboard")).Json;
        dashboard.GetProperty("latency").TryGetProperty("all", out _).ShouldBeFalse();
        dashboard.GetProperty("errors").GetProperty("all").TryGetProperty("rate", out _).ShouldBeFalse();
        dashboard.GetProperty("costs").TryGetProperty("per_thousand_requests_usd", out _).ShouldBeFalse();
    }

    [Fact]
    public void Only_zeros_and_ones_have_a_trigger_rate()
    {
        QualitySums.Ones(Moments.Of([0, 1, 1, 0, 0])).ShouldBe(2);
        QualitySums.Ones(Moments.Of([1])).ShouldBe(1);
        QualitySums.Ones(Moments.Of([0, 0])).ShouldBe(0);
        QualitySums.Ones(Moments.Of([0, 0.5, 0.5, 1])).ShouldBeNull();
        QualitySums.Ones(Moments.Of([0.5])).ShouldBeNull();
        QualitySums.Ones(Moments.Of([0, 2])).ShouldBeNull();
        QualitySums.Ones(Moments.Of([0, 1, double.NaN])).ShouldBeNull();
    }

    private static string Scores(string name, string kind, params double[] values) =>
        string.Join(
            ',',
            values.Select(
                (v, i) =>
                    FormattableString.Invariant(
                        $$"""{"key": "{{name}}{{i}}", "name": "{{name}}", "kind": "{{kind}}", "value": {{v}}, "time": "2026-03-01T12:00:00Z"}"""
                    )
            )
        );

    private static async Task PostAsync(RunningHub hub, string scores) =>
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/scores", $"[{scores}]")).Status.ShouldBe(200);
}
