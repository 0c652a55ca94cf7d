using System.Globalization;
using System.Text;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Pages;

/// <summary>What a sender writes is shown as text, wherever it is shown: in tables, titles, attributes and the data of charts.</summary>
public sealed class HostileTextTests(PagesFixture pages)
{
    private const string Hostile = "\"'><img src=x onerror=alert(1)><script>alert(2)</script></script>";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task No_text_of_a_sender_becomes_a_part_of_a_page()
    {
        await using var hub = await RunningHub.StartAsync();
        await SendAsync(hub);
        var slo = (await SlosAsync(hub)).First(name => name.EndsWith("latency-p99", StringComparison.Ordinal));
        foreach (var path in new[] { "/", "/traces", $"/traces/{Trace}", "/costs", "/slos", $"/slos/{slo}", $"/traces?name={Uri.EscapeDataString(Hostile)}" })
        {
            await using var visit = await pages.LookAsync(hub, path, Look.Desktop);
            (await visit.Page.ContentAsync()).ShouldContain("onerror", Case.Sensitive, $"{path} shows it");
            (await visit.Page.Locator("img, script:not([src]), [onerror]").CountAsync()).ShouldBe(0, path);
            visit.Complaints.ShouldBeEmpty(path);
        }
    }

    private static async Task SendAsync(RunningHub hub)
    {
        var end = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var text = System.Text.Json.JsonSerializer.Serialize(Hostile);
        string Attribute(string key) => $$$"""{"key":"{{{key}}}","value":{"stringValue":{{{text}}}}}""";
        var times = string.Create(CultureInfo.InvariantCulture, $"\"startTimeUnixNano\":\"{end - 40_000_000}\",\"endTimeUnixNano\":\"{end}\"");
        var spans = $$"""
            {"traceId":"{{Trace}}","spanId":"0000000000000001","name":{{text}},"kind":2,{{times}},"status":{"code":2,"message":{{text}} },
             "attributes":[{{Attribute("x")}},{{Attribute("feature_flag.key")}},{{Attribute("feature_flag.variant")}}]},
            {"traceId":"{{Trace}}","spanId":"0000000000000002","parentSpanId":"0000000000000001","name":{{text}},"kind":3,{{times}},
             "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"} },{{Attribute("gen_ai.request.model")}},{{Attribute(
                "gen_ai.provider.name"
            )}}],
             "events":[{"timeUnixNano":"{{end.ToString(CultureInfo.InvariantCulture)}}","name":{{text}},"attributes":[{{Attribute("exception.message")}}]}]}
            """;
        var resource = $$"""{"attributes":[{{Attribute("service.name")}},{{Attribute("service.version")}}]}""";
        await PostAsync(
            hub,
            "/v1/traces",
            $$"""{"resourceSpans":[{"resource":{{resource}},"scopeSpans":[{"scope":{"name":{{text}} },"spans":[{{spans}}]}]}]}"""
        );
        var record =
            $$"""{"timeUnixNano":"{{end.ToString(CultureInfo.InvariantCulture)}}","severityNumber":9,"body":{"stringValue":{{text}} },"traceId":"{{Trace}}","spanId":"0000000000000001"}""";
        await PostAsync(hub, "/v1/logs", $$"""{"resourceLogs":[{"resource":{{resource}},"scopeLogs":[{"logRecords":[{{record}}]}]}]}""");
        var score = $$"""{"name":"<img src=x onerror=alert(3)>","value":0.5,"trace_id":"{{Trace}}","span_id":"0000000000000001","service":{{text}} }""";
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/scores", score)).Status.ShouldBeOneOf(200, 201, 202);
    }

    private static async Task<IReadOnlyList<string>> SlosAsync(RunningHub hub)
    {
        var answer = await Eventually.GetAsync(
            () => Answered.GetAsync(hub.Client, "/api/v1/slos"),
            a => a.Json.GetProperty("slos").EnumerateArray().Any(s => s.GetProperty("events").GetInt64() > 0),
            "no SLO has counted"
        );
        return [.. answer.Json.GetProperty("slos").EnumerateArray().Select(s => s.GetProperty("name").GetString()!)];
    }

    private static async Task PostAsync(RunningHub hub, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await hub.Otlp.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
