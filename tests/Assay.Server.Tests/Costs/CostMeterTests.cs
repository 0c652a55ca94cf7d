using System.Globalization;

namespace Assay.Server.Tests.Costs;

/// <summary>What model calls cost, on the metrics page. A meter is heard by every hub of the process: the models of these tests have names of their own.</summary>
public sealed class CostMeterTests
{
    private const string Prices = """
        models:
          - model: heron
            prices:
              - { from: 2020-01-01, input: 1, output: 3 }
        """;

    [Fact]
    public async Task Calls_tokens_and_dollars_are_counted_once_by_model_and_retries_apart()
    {
        await using var hub = await PricedHub.StartAsync(Prices);
        string[] spans =
        [
            Call(1, "heron", 1_000_000, 100_000),
            Call(2, "heron", 500_000, 0, """,{"key":"assay.attempt","value":{"intValue":"2"}}"""),
            Call(3, "heron", 2_000_000, 0, """,{"key":"assay.cache.hit","value":{"boolValue":true}}"""),
            Call(4, "heron-of-tomorrow", 70, 7),
            Call(5, "heron", null, null),
        ];
        await SendAsync(hub, spans);
        // The sender missed the answer and repeats itself.
        await SendAsync(hub, spans);

        var page = (await Answered.GetAsync(hub.Client, "/metrics")).Text;
        ValueOf(page, "assay_genai_calls_total{model=\"heron\",pricing=\"priced\"}").ShouldBe(2);
        ValueOf(page, "assay_genai_calls_total{model=\"heron\",pricing=\"avoided\"}").ShouldBe(1);
        ValueOf(page, "assay_genai_calls_total{model=\"heron\",pricing=\"unknown_tokens\"}").ShouldBe(1);
        ValueOf(page, "assay_genai_calls_total{model=\"heron-of-tomorrow\",pricing=\"unknown_model\"}").ShouldBe(1);
        ValueOf(page, "assay_genai_retries_total{model=\"heron\"}").ShouldBe(1);
        ValueOf(page, "assay_genai_tokens_total{kind=\"input\",model=\"heron\"}").ShouldBe(1_500_000);
        ValueOf(page, "assay_genai_tokens_total{kind=\"output\",model=\"heron\"}").ShouldBe(100_000);
        ValueOf(page, "assay_genai_tokens_total{kind=\"input\",model=\"heron-of-tomorrow\"}").ShouldBe(70);
        ValueOf(page, "assay_genai_cost_usd_total{attempt=\"first\",model=\"heron\"}").ShouldNotBeNull().ShouldBe(1.3, 1e-9);
        ValueOf(page, "assay_genai_cost_usd_total{attempt=\"retry\",model=\"heron\"}").ShouldNotBeNull().ShouldBe(0.5, 1e-9);
        ValueOf(page, "assay_genai_avoided_usd_total{model=\"heron\"}").ShouldNotBeNull().ShouldBe(2, 1e-9);
        // What is not known is no zero.
        ValueOf(page, "assay_genai_cost_usd_total{attempt=\"first\",model=\"heron-of-tomorrow\"}").ShouldBeNull();
    }

    [Fact]
    public async Task Before_anything_came_the_counters_are_there()
    {
        await using var hub = await RunningHub.StartAsync();
        var page = (await Answered.GetAsync(hub.Client, "/metrics")).Text;
        ValueOf(page, "assay_genai_cost_usd_total{attempt=\"retry\",model=\"other\"}").ShouldNotBeNull();
        ValueOf(page, "assay_genai_calls_total{model=\"other\",pricing=\"unknown_model\"}").ShouldNotBeNull();
        ValueOf(page, "assay_ingest_spans_total{outcome=\"stored\"}").ShouldNotBeNull();
    }

    private static async Task SendAsync(RunningHub hub, string[] spans)
    {
        var body =
            """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"herons"}}]},"scopeSpans":[{"spans":["""
            + string.Join(',', spans)
            + "]}]}]}";
        (await Answered.PostJsonAsync(hub.Otlp, "/v1/traces", body)).Status.ShouldBe(200);
    }

    private static string Call(int id, string model, long? input, long? output, string more = "")
    {
        var start = Traffic.Nanos(Traffic.Noon);
        var tokens = input is null ? "" : $",{Whole("gen_ai.usage.input_tokens", input.Value)},{Whole("gen_ai.usage.output_tokens", output!.Value)}";
        var attributes = $"{Text("gen_ai.operation.name", "chat")},{Text("gen_ai.request.model", model)}{tokens}{more}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"traceId":"{{0x5ef0_0000 + id:x32}}","spanId":"{{id:x16}}","name":"chat {{model}}","kind":3,
            "startTimeUnixNano":"{{start}}","endTimeUnixNano":"{{start + 1_000_000}}","attributes":[{{attributes}}]}
            """
        );
    }

    private static string Text(string key, string value) => "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";

    private static string Whole(string key, long value) => "{\"key\":\"" + key + "\",\"value\":{\"intValue\":\"" + value + "\"}}";

    /// <summary>The value of a series, without a unit or an exemplar; null when the page does not have it.</summary>
    private static double? ValueOf(string page, string series) =>
        page.Split('\n').FirstOrDefault(l => l.StartsWith(series + " ", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)
            : null;
}
