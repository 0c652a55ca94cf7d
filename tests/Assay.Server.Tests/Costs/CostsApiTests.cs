using System.Text.Json;

namespace Assay.Server.Tests.Costs;

public sealed class CostsApiTests
{
    [Fact]
    public async Task Costs_are_summed_by_model_with_retries_cache_hits_and_unknown_ones_apart()
    {
        await using var hub = await PricedHub.StartAsync();
        var traffic = new Traffic(hub);
        await traffic.RequestAsync(new(), Traffic.Call("fox"), Traffic.Call("wolf"));
        await traffic.RequestAsync(new(), Traffic.Call("fox", isRetry: true), Traffic.Call("fox", isCacheHit: true));
        await traffic.RequestAsync(new(), Traffic.Call("cat"), Traffic.Call("fox", hasTokens: false));

        var costs = (await Answered.GetAsync(hub.Client, $"/api/v1/costs?{Traffic.Day}")).Json;

        var totals = costs.GetProperty("totals");
        totals.GetProperty("calls").GetInt64().ShouldBe(6);
        totals.GetProperty("cost_usd").GetDecimal().ShouldBe(0.004m + 0.04m + 0.004m);
        totals.GetProperty("retry_cost_usd").GetDecimal().ShouldBe(0.004m);
        totals.GetProperty("avoided_usd").GetDecimal().ShouldBe(0.004m);
        totals.GetProperty("unpriced_calls").GetInt64().ShouldBe(2);
        totals.GetProperty("tokens").GetProperty("input").GetInt64().ShouldBe(4_000);
        costs.GetProperty("requests").GetInt64().ShouldBe(3);
        costs.GetProperty("per_hour_usd").GetDecimal().ShouldBe(0.002m);
        costs.GetProperty("per_thousand_requests_usd").GetDecimal().ShouldBe(16m);
        Rows(costs).Select(Key).ShouldBe(["wolf", "fox", "cat"]);
    }

    [Fact]
    public async Task A_model_without_a_price_has_no_cost_and_the_lines_that_give_it_one()
    {
        await using var hub = await PricedHub.StartAsync();
        await new Traffic(hub).RequestAsync(new(), Traffic.Call("cat \"9\""), Traffic.Call("fox", hasTokens: false));

        var costs = (await Answered.GetAsync(hub.Client, $"/api/v1/costs?{Traffic.Day}")).Json;

        Rows(costs).Count(row => row.GetProperty("figures").TryGetProperty("cost_usd", out _)).ShouldBe(0);
        costs.GetProperty("totals").TryGetProperty("cost_usd", out _).ShouldBeFalse();
        costs.TryGetProperty("per_hour_usd", out _).ShouldBeFalse();
        var unknown = costs.GetProperty("unknown_models").EnumerateArray().ToDictionary(m => m.GetProperty("model").GetString()!);
        unknown["cat \"9\""].GetProperty("entry").GetString().ShouldStartWith("- model: \"cat \\u00229\\u0022\"\n  prices:\n    - { from: 20");
        unknown["fox"].GetProperty("has_price").GetBoolean().ShouldBeTrue();
        unknown["fox"].TryGetProperty("entry", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("prompt", "answer@2", "answer@1")]
    [InlineData("operation", "POST /review", "POST /ask")]
    [InlineData("version", "2.0", "1.0")]
    [InlineData("service", "review", "rag")]
    [InlineData("variant", "rerank=on", "")]
    public async Task Costs_are_split_by_what_is_asked_for(string by, string dear, string cheap)
    {
        await using var hub = await PricedHub.StartAsync();
        var traffic = new Traffic(hub);
        await traffic.RequestAsync(new(), Traffic.Call("fox"));
        var other = new RequestFacts
        {
            Service = "review",
            Version = "2.0",
            Operation = "POST /review",
            Variant = "rerank=on",
            Prompt = "answer@2",
        };
        await traffic.RequestAsync(other, Traffic.Call("wolf"));

        var costs = (await Answered.GetAsync(hub.Client, $"/api/v1/costs?{Traffic.Day}&by={by}")).Json;

        Rows(costs).Select(row => (Key(row), Cost(row))).ShouldBe([(dear, 0.04m), (cheap, 0.004m)]);
    }

    [Fact]
    public async Task Steps_show_costs_over_time_and_a_step_without_calls_cost_nothing()
    {
        await using var hub = await PricedHub.StartAsync();
        var traffic = new Traffic(hub);
        await traffic.RequestAsync(new(), Traffic.Call("fox"));
        await traffic.RequestAsync(new() { At = Traffic.Noon.AddHours(2) }, Traffic.Call("wolf"));

        var costs = (await Answered.GetAsync(hub.Client, "/api/v1/costs?from=2026-03-01T12:00:00Z&to=2026-03-01T15:00:00Z&step=1h")).Json;

        costs.GetProperty("step_s").GetDouble().ShouldBe(3_600);
        var points = costs.GetProperty("points").EnumerateArray().ToList();
        points.Select(p => p.GetProperty("at").GetDateTimeOffset().Hour).ShouldBe([12, 13, 14]);
        points.Select(Cost).ShouldBe([0.004m, 0m, 0.04m]);
    }

    [Fact]
    public async Task A_window_with_steps_is_widened_to_whole_steps_so_that_each_call_lies_in_its_own()
    {
        await using var hub = await PricedHub.StartAsync();
        var traffic = new Traffic(hub);
        await traffic.RequestAsync(new() { At = Traffic.Noon.AddMinutes(50) }, Traffic.Call("fox"));
        await traffic.RequestAsync(new() { At = Traffic.Noon.AddMinutes(65) }, Traffic.Call("wolf"));

        var costs = (await Answered.GetAsync(hub.Client, "/api/v1/costs?from=2026-03-01T12:40:00Z&to=2026-03-01T13:20:00Z&step=1h")).Json;

        costs.GetProperty("from").GetDateTimeOffset().ShouldBe(Traffic.Noon);
        costs.GetProperty("to").GetDateTimeOffset().ShouldBe(Traffic.Noon.AddHours(2));
        costs.GetProperty("points").EnumerateArray().Select(Cost).ShouldBe([0.004m, 0.04m]);
    }

    [Fact]
    public async Task Costs_of_one_service_leave_out_those_of_others()
    {
        await using var hub = await PricedHub.StartAsync();
        var traffic = new Traffic(hub);
        await traffic.RequestAsync(new(), Traffic.Call("fox"));
        await traffic.RequestAsync(new() { Service = "review" }, Traffic.Call("wolf"));

        var costs = (await Answered.GetAsync(hub.Client, $"/api/v1/costs?{Traffic.Day}&service=review")).Json;

        costs.GetProperty("requests").GetInt64().ShouldBe(1);
        costs.GetProperty("totals").GetProperty("cost_usd").GetDecimal().ShouldBe(0.04m);
    }

    [Theory]
    [InlineData("by=colour", "'by' is no split: 'colour'.")]
    [InlineData("from=soon", "'from' is no time: 'soon'.")]
    [InlineData("from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "'from' (2026-03-02T00:00:00.0000000+00:00) is not before")]
    [InlineData("step=7", "'step' is no step: '7'.")]
    [InlineData("step=0m", "'step' is no step: '0m'.")]
    [InlineData("from=2020-01-01T00:00:00Z&step=1m", "'step' cuts the window in more than 1000 points.")]
    public async Task A_question_that_cannot_be_answered_is_a_problem_that_names_the_parameter(string query, string title)
    {
        await using var hub = await PricedHub.StartAsync();
        var answer = (await Answered.GetAsync(hub.Client, $"/api/v1/costs?{query}")).ShouldBeProblem(400);
        answer.Json.GetProperty("title").GetString()!.ShouldStartWith(title);
    }

    private static IReadOnlyList<JsonElement> Rows(JsonElement costs) => [.. costs.GetProperty("rows").EnumerateArray()];

    private static string? Key(JsonElement row) => row.GetProperty("key").GetString();

    private static decimal Cost(JsonElement row) => row.GetProperty("figures").GetProperty("cost_usd").GetDecimal();
}
