using System.Net;
using System.Text.Json;
using Assay.Observability.Slos;
using Assay.Server.Tests.Dashboards;

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

    [Fact]
    public async Task The_sample_keeps_its_own_quality_SLO_on_the_questions_of_the_handbook()
    {
        var slo = SloFile.Read(RepositoryFolder.Of("catalog/slos/quality.yaml")).ShouldHaveSingleItem();
        await using var service = new StartedRagService();
        await service.InitializeAsync();
        var (good, all) = (0, 0);
        foreach (var line in await File.ReadAllLinesAsync(RepositoryFolder.Of("samples/handbook/queries.jsonl"), TestContext.Current.CancellationToken))
        {
            var question = JsonDocument.Parse(line).RootElement.GetProperty("text").GetString();
            var (answer, json) = await service.PostAsync("/ask", new { question });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, question);
            all++;
            good += slo.Indicator.IsGood(failed: false, json.GetProperty(slo.Indicator.Where.Score!).GetDouble()) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{good} of {all} answers are good by catalog/slos/quality.yaml.");
        ((double)good / all).ShouldBeGreaterThan(slo.Target);
        // Nor is the threshold so low that nothing can fall below it.
        good.ShouldBeLessThan(all);
    }

    private static async Task ShowsAsync(RunningHub hub, string path, params string[] texts)
    {
        var page = "";
        var deadline = TimeProvider.System.GetUtcNow() + Patience.Longest;
        while (!texts.All(page.Contains))
        {
            (TimeProvider.System.GetUtcNow() < deadline).ShouldBeTrue($"{path} lacks {string.Join(", ", texts.Where(t => !page.Contains(t)))}: {page}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
            page = await hub.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
        }
    }
}
