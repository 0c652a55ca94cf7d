using System.Net;

namespace Assay.Server.Tests.Samples;

/// <summary>The sample service and a hub, each as it is started by a user: what the one sends the other shows.</summary>
public sealed class SampleAndHubTests
{
    [Fact]
    public async Task What_the_service_answers_appears_in_the_hub()
    {
        await using var hub = await RunningHub.StartAsync();
        await using var service = new StartedRagService();
        service.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = hub.Addresses.OtlpHttp.ToString();
        await service.InitializeAsync();
        var (_, json) = await service.PostAsync("/ask", new { question = "How do I roll back?" }, correlation: "seen-in-hub");
        (await service.PostAsync("/rate", new { correlation_id = "seen-in-hub", rating = 4 })).Answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await ShowsAsync(hub, "/api/v1/quality", "relevance", "user_rating", "pii_filter");
        await ShowsAsync(hub, "/api/v1/costs", "offline/extractive", "offline/lsa");
        await ShowsAsync(hub, $"/traces/{json.GetProperty("trace_id").GetString()}", "POST /ask", "rag.rerank", "chat offline/extractive", "assay.rating");
    }

    private static async Task ShowsAsync(RunningHub hub, string path, params string[] texts)
    {
        var page = "";
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(60);
        while (!texts.All(page.Contains))
        {
            (TimeProvider.System.GetUtcNow() < deadline).ShouldBeTrue($"{path} lacks {string.Join(", ", texts.Where(t => !page.Contains(t)))}: {page}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
            page = await hub.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
        }
    }
}
