using System.Net;
using System.Text.Json;
using Assay.Server.Tests.Canaries;
using Assay.Server.Tests.Dashboards;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Samples;

/// <summary>The sample service as a process, a hub with the catalog's own releases, and models over the network that fail: what a share of users meets decides.</summary>
public sealed class TriedModelsTests
{
    [Fact]
    public async Task A_candidate_whose_reranker_falls_back_is_rolled_back()
    {
        await using var models = await FakeRetrievalModels.StartAsync();
        await using var place = await PlaceAsync("rag_plus_plus");
        await using var service = await ServiceAsync(place, ("RagService__Reranker", $"{models.Address}/rerank"));
        await StartAsync(place, "rag_plus_plus");
        models.Fails = true;
        var metric = await FallenBackAsync(place, service, "rag_plus_plus", "reranker fallbacks");
        metric.GetProperty("canary").GetDouble().ShouldBe(1);
        metric.GetProperty("control").GetDouble().ShouldBe(0, "the flag switches the stage off: control never ran it");
        var trace = metric.GetProperty("trace_ids").EnumerateArray().First().GetString();
        (await Answered.GetAsync(place.Hub!.Client, $"/api/v1/traces/{trace}")).Text.ShouldContain("model_unavailable");
    }

    [Fact]
    public async Task An_embedding_provider_is_tried_on_a_share_of_users_and_taken_back_when_it_fails()
    {
        await using var models = await FakeRetrievalModels.StartAsync();
        await using var place = await PlaceAsync("embedding_provider");
        await using var service = await ServiceAsync(
            place,
            ("RagService__TriedEmbeddings", $"{models.Address}/embed"),
            ("RagService__TriedEmbeddingsModel", "tiny-embed")
        );
        await StartAsync(place, "embedding_provider");
        await AskUntilBothAsync(place, service);
        // Whom the flag gives it searches by vectors of the provider; the others by those of the documents.
        var spans = (await Answered.GetAsync(place.Hub!.Client, "/api/v1/quality?by=variant")).Text;
        spans.ShouldContain("embedding_provider=on");
        spans.ShouldContain("embedding_provider=off");
        models.Fails = true;
        var metric = await FallenBackAsync(place, service, "embedding_provider", "provider fell out");
        metric.GetProperty("control").GetDouble().ShouldBe(0);
        // The flag is off for everybody, and questions are answered as before.
        var (answer, _) = await AskAsync(service, "after");
        answer.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<CanaryPlace> PlaceAsync(string release)
    {
        // The catalog's own release with shorter times, and half of the users at once.
        var text = await File.ReadAllTextAsync(RepositoryFolder.Of($"catalog/releases/{release}.yaml"), TestContext.Current.CancellationToken);
        var quick = text.Replace("steps: [5, 25, 100]", "steps: [50, 100]").Replace("lookEvery: 1m", "lookEvery: 1h").Replace("minTime: 10m", "minTime: 1s");
        quick.ShouldContain("lookEvery: 1h");
        var flag = await File.ReadAllTextAsync(RepositoryFolder.Of($"catalog/flags/{release}.yaml"), TestContext.Current.CancellationToken);
        return await CanaryPlace.OpenAsync(quick, flag);
    }

    private static async Task<StartedRagService> ServiceAsync(CanaryPlace place, params (string Name, string Value)[] settings)
    {
        var service = new StartedRagService();
        service.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = place.Hub!.Addresses.OtlpHttp.ToString();
        service.Settings["ASSAY__EXPERIMENTATION__HUB"] = place.Hub.Addresses.Pages.ToString();
        service.Settings["RagService__CachedAnswers"] = "0";
        // Nothing but its own time ends what a model is asked, however slow the machine is.
        service.Settings["RagService__ModelsWithinMs"] = "60000";
        foreach (var (name, value) in settings)
        {
            service.Settings[name] = value;
        }

        await service.InitializeAsync();
        return service;
    }

    private static async Task StartAsync(CanaryPlace place, string release)
    {
        var started = await place.RunAsync("canary", "start", release, "--version", "1.9.0", "--force", "a test");
        started.Code.ShouldBe(0, started.Error);
    }

    /// <summary>Questions of many users, until both arms have some at a look.</summary>
    private static Task<string> AskUntilBothAsync(CanaryPlace place, StartedRagService service) =>
        Eventually.GetAsync(
            async () =>
            {
                await AskSomeAsync(service);
                return (await Answered.GetAsync(place.Hub!.Client, "/api/v1/quality?by=variant")).Text;
            },
            text => text.Contains("=on") && text.Contains("=off"),
            "one of the arms has no answer"
        );

    private static async Task<JsonElement> FallenBackAsync(CanaryPlace place, StartedRagService service, string release, string metric)
    {
        var looked = await Eventually.GetAsync(
            async () =>
            {
                await AskSomeAsync(service);
                return await place.RunAsync("canary", "check", release);
            },
            r => r.Code == 1,
            "the candidate is not rolled back"
        );
        looked.Out.ShouldContain("is rolled back at 0 %");
        var status = await Answered.GetAsync(place.Hub!.Client, $"/api/v1/canaries/{release}");
        var found = status.Json.GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("metric").GetString() == metric);
        found.GetProperty("verdict").GetString().ShouldBe("fail", found.ToString());
        return found;
    }

    private static int users;

    private static async Task AskSomeAsync(StartedRagService service)
    {
        for (var i = 0; i < 20; i++)
        {
            var (status, text) = await AskAsync(service, $"user-{Interlocked.Increment(ref users)}");
            status.ShouldBe(HttpStatusCode.OK, text);
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(StartedRagService service, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask")
        {
            Content = new StringContent("""{"question": "How do I roll back?"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-User", user);
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
