namespace Assay.Server.Tests.Slos;

/// <summary>The SLO over calls: what a request calls for may fail while the request itself is answered.</summary>
public sealed class ErrorRateTests
{
    [Fact]
    public async Task Failed_calls_spend_the_error_rate_and_the_overview_shows_each_SLO_at_a_glance()
    {
        await using var hub = await RunningHub.StartAsync();
        // Ten answered requests, in each of which the search failed.
        (await SentSpans.PostAsync(hub.Otlp, Enumerable.Range(1, 10).Select(i => (long)i), TestContext.Current.CancellationToken)).ShouldBe(200);
        var calls = await SlosApiTests.SloAsync(hub, "shop.error-rate", events: 10);
        calls.GetProperty("bad_events").GetInt64().ShouldBe(10);
        calls.GetProperty("verdict").GetString().ShouldBe("fail");
        var requests = await SlosApiTests.SloAsync(hub, "shop.availability", events: 10);
        requests.GetProperty("bad_events").GetInt64().ShouldBe(0);

        var page = (await Answered.GetAsync(hub.Client, "/", ("Accept", "text/html"))).Text;
        string[] names = ["shop.availability", "shop.error-rate", "shop.latency-p99", "shop.quality"];
        names.ShouldAllBe(n => page.Contains($"/slos/{n}"));
    }
}
