using System.Text.Json;

namespace Assay.Server.Tests.Slos;

public sealed class SlosApiTests
{
    private const string File = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: shop-fast, displayName: Fast }
        spec:
          service: shop
          indicator:
            spec:
              thresholdMetric: { metricSource: { type: assay, spec: { signal: span, operation: POST /ask } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          objectives: [{ op: lte, value: 100, target: 0.9 }]
        """;

    [Fact]
    public async Task A_service_without_any_setting_has_SLOs()
    {
        await using var hub = await RunningHub.StartAsync();
        await AskTraffic.SendAsync(hub.Otlp, good: 40, bad: 0);
        var slo = await SloAsync(hub, "ask.availability", events: 40);
        slo.GetProperty("verdict").GetString().ShouldBe("inconclusive");
        slo.GetProperty("reason").GetString()!.ShouldContain("2,955 more events are needed");
        slo.GetProperty("service").GetString().ShouldBe("ask");
        slo.GetProperty("budget_left").GetDouble().ShouldBe(1);
        var names = (await Answered.GetAsync(hub.Client, "/api/v1/slos"))
            .Json.GetProperty("slos")
            .EnumerateArray()
            .Select(s => s.GetProperty("name").GetString());
        names.ShouldBe(["ask.availability", "ask.error-rate", "ask.latency-p99", "ask.quality"]);
    }

    [Fact]
    public async Task SLOs_of_the_catalog_count_what_they_say_and_tell_their_past()
    {
        await using var hub = await StartAsync(File);
        await AskTraffic.SendAsync(hub.Otlp, good: 10, bad: 0, "shop", durationMs: 50);
        await AskTraffic.SendAsync(hub.Otlp, good: 5, bad: 0, "shop", durationMs: 500);
        var slo = await SloAsync(hub, "shop-fast", events: 15);
        slo.GetProperty("bad_events").GetInt64().ShouldBe(5);
        slo.GetProperty("burns")[0].GetProperty("window").GetString().ShouldBe("5m");
        slo.GetProperty("burns")[0].GetProperty("burn").GetDouble().ShouldBe(5 / 15.0 / 0.1, 1e-9);

        var detail = await Answered.GetAsync(hub.Client, "/api/v1/slos/shop-fast?hours=6&window=5m");
        detail.Status.ShouldBe(200, detail.Text);
        detail.Json.GetProperty("points").GetArrayLength().ShouldBeGreaterThan(60);
        (await Answered.GetAsync(hub.Client, "/api/v1/slos")).Json.GetProperty("slos").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Counters_are_on_the_metrics_page()
    {
        await using var hub = await RunningHub.StartAsync();
        // A meter is heard by every hub of the process: no other test sends for this service.
        await AskTraffic.SendAsync(hub.Otlp, good: 3, bad: 2, "scraped");
        await SloAsync(hub, "scraped.availability", events: 5);
        var page = (await Answered.GetAsync(hub.Client, "/metrics")).Text;
        page.ShouldContain("assay_slo_events_total{service=\"scraped\",slo=\"scraped.availability\"} 5");
        page.ShouldContain("assay_slo_bad_events_total{service=\"scraped\",slo=\"scraped.availability\"} 2");
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_with_a_fix()
    {
        await using var hub = await RunningHub.StartAsync();
        (await Answered.GetAsync(hub.Client, "/api/v1/slos/none")).ShouldBeProblem(400);
        await AskTraffic.SendAsync(hub.Otlp, good: 1, bad: 0);
        await SloAsync(hub, "ask.availability", events: 1);
        (await Answered.GetAsync(hub.Client, "/api/v1/slos/ask.availability?window=7m")).ShouldBeProblem(400);
        (await Answered.GetAsync(hub.Client, "/api/v1/slos/ask.availability?hours=0")).ShouldBeProblem(400);
    }

    [Fact]
    public async Task A_file_that_is_wrong_keeps_the_hub_from_starting()
    {
        var fault = await Should.ThrowAsync<AssayException>(() => StartAsync(File.Replace("30d", "1d")));
        fault.Message.ShouldContain("shop.yaml: spec.timeWindow[0].duration is '1d'");
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    internal static async Task<JsonElement> SloAsync(RunningHub hub, string name, long events)
    {
        var answer = await Eventually.GetAsync(
            () => Answered.GetAsync(hub.Client, "/api/v1/slos"),
            a => Find(a.Json, name) is { } slo && slo.GetProperty("events").GetInt64() == events,
            $"{name} has not counted {events} events"
        );
        return Find(answer.Json, name)!.Value;
    }

    private static JsonElement? Find(JsonElement slos, string name) =>
        slos.GetProperty("slos").EnumerateArray().Where(s => s.GetProperty("name").GetString() == name).Select(s => (JsonElement?)s).FirstOrDefault();

    private static Task<RunningHub> StartAsync(string file) =>
        RunningHub.StartAsync(options =>
        {
            Directory.CreateDirectory(Path.Combine(options.CatalogFolder, "slos"));
            System.IO.File.WriteAllText(Path.Combine(options.CatalogFolder, "slos", "shop.yaml"), file);
        });
}
