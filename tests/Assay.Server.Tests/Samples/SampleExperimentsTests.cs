using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;
using Assay.Server.Tests.Dashboards;
using Assay.Server.Tests.Slos;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;
using RagService.Experimenting;

namespace Assay.Server.Tests.Samples;

/// <summary>The experiments that the sample service brings: one that it runs, and three that have ended.</summary>
public sealed class SampleExperimentsTests
{
    [Fact]
    public async Task Three_generated_experiments_end_as_they_are_called_and_sending_them_again_changes_nothing()
    {
        await using var hub = await RunningHub.StartAsync(o => o.CatalogFolder = RepositoryFolder.Of("catalog"));
        await SendAsync(hub);
        var first = await ReportsAsync(hub);
        first[FinishedExperiments.Winner].Decision.Action.ShouldBe(DecidedAction.Ship);
        first[FinishedExperiments.Mismatch].Decision.Action.ShouldBe(DecidedAction.Review);
        first[FinishedExperiments.Mismatch].Decision.Cause.ShouldBe(DecisionCause.Unhealthy);
        first[FinishedExperiments.Undecided].Decision.Action.ShouldBe(DecidedAction.Continue);
        await SendAsync(hub);
        var second = await ReportsAsync(hub);
        second.Values.Select(r => r.Arms.Sum(a => a.Units)).ShouldBe(first.Values.Select(r => r.Arms.Sum(a => a.Units)));
    }

    [Fact]
    public void The_same_seed_generates_the_same_and_every_unit_says_that_nobody_is_behind_it()
    {
        var (one, same, other) = (Text(7), Text(7), Text(8));
        one.ShouldBe(same);
        one.ShouldNotBe(other);
        FinishedExperiments.Of(7).ShouldAllBe(u => u.Unit.StartsWith("generated-"));

        static string Text(int seed) => JsonSerializer.Serialize(FinishedExperiments.Of(seed).Take(500));
    }

    [Fact]
    public async Task The_sample_service_runs_an_experiment_on_its_reranker_whose_arms_really_differ()
    {
        await using var hub = await RunningHub.StartAsync(o => o.CatalogFolder = RepositoryFolder.Of("catalog"));
        await using var service = new StartedRagService();
        service.Settings["ASSAY__EXPERIMENTATION__HUB"] = hub.Addresses.Pages.ToString();
        await service.InitializeAsync();
        var arms = new Dictionary<string, List<string>> { ["control"] = [], ["treatment"] = [] };
        for (var i = 0; arms.Values.Any(a => a.Count < 2); i++)
        {
            i.ShouldBeLessThan(200, "the arms do not fill");
            if (await AskAsync(service, $"user-{i}") is { } variant)
            {
                arms[variant].Add($"user-{i}");
            }
        }

        // Who asks again stays where he is.
        (await AskAsync(service, arms["control"][0])).ShouldBe("control");
        (await AskAsync(service, arms["treatment"][0])).ShouldBe("treatment");
        var sums = await Eventually.GetAsync(() => SumAsync(hub), s => s.Variants.Count == 2 && s.Variants.All(v => v.Units >= 2), "the hub has no sums");
        sums.Variants.Select(v => v.Variant).ShouldBe(["control", "treatment"]);
        sums.Variants.ShouldAllBe(v => v.Metrics.All(m => m.Outcomes >= v.Units));
        sums.InSeveral.ShouldBe(0);

        // A flag that is killed in the hub takes the stages away and ends the assignment.
        using var killed = await hub.Admin.PostAsJsonAsync(
            "/api/v1/flags/rag_plus_plus",
            new { killed = true, reason = "too slow" },
            TestContext.Current.CancellationToken
        );
        killed.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.GetAsync(() => AskAsync(service, arms["treatment"][1]), variant => variant is null, "the experiment goes on");
    }

    /// <summary>Asks as a user, and says which arm the spans of the answer tell; what the reranker did must fit it.</summary>
    private static async Task<string?> AskAsync(StartedRagService service, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask") { Content = JsonContent.Create(new { question = $"How do I roll back? {user}" }) };
        request.Headers.Add(ExperimentingRoom.UserHeader, user);
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var spans = await service.TraceAsync(json.GetProperty("trace_id").GetString()!, s => s.Any(x => x.Name == "POST /ask"));
        spans.ShouldAllBe(s => s.Attributes.Values.Concat(s.Events.SelectMany(e => e.Attributes.Values)).All(v => !user.Equals(v)));
        var told = spans.Single(s => s.Name == "POST /ask").Events.Where(e => e.Name == "feature_flag.evaluation").Select(e => e.Attributes);
        var variant = told.FirstOrDefault(a => RerankerTest.Name.Equals(a["feature_flag.key"]))?["feature_flag.result.variant"] as string;
        // An answer from the cache has no search.
        if (variant is not null && spans.Any(s => s.Name == "rag.query"))
        {
            spans.Any(s => s.Name == "rag.rerank").ShouldBe(variant == "treatment");
        }

        return variant;
    }

    private static async Task SendAsync(RunningHub hub)
    {
        var began = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(FinishedExperiments.Days);
        foreach (var batch in FinishedExperiments.Of(seed: 42).Chunk(1_000))
        {
            var body = SampleExperimentFill.Body(batch, began);
            using var answer = await hub.Client.PostAsJsonAsync("/api/v1/experiment-events", body, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            text.ShouldContain("\"rejected\":0");
        }
    }

    private static async Task<Dictionary<string, ExperimentReport>> ReportsAsync(RunningHub hub)
    {
        var store = hub.Hub.Services.GetRequiredService<IEventStore>();
        var reports = new Dictionary<string, ExperimentReport>();
        foreach (var definition in ExperimentCatalog.Read(RepositoryFolder.Of("catalog")).Where(e => e.Name.StartsWith("sample_")))
        {
            var sums = await store.SumExperimentAsync(AnalysisPlan.Of(definition).Query(before: null), TestContext.Current.CancellationToken);
            var report = ExperimentAnalysis.Of(definition, sums, [], TimeProvider.System.GetUtcNow());
            TestContext.Current.TestOutputHelper!.WriteLine($"{definition.Name}: {report.Decision.Action}, {report.Decision.Reason}");
            reports[definition.Name] = report;
        }

        return reports;
    }

    private static Task<ExperimentSums> SumAsync(RunningHub hub) =>
        hub
            .Hub.Services.GetRequiredService<IEventStore>()
            .SumExperimentAsync(
                new ExperimentQuery(RerankerTest.Name, Version: 1)
                {
                    Attribution = TimeSpan.FromHours(72),
                    Metrics = [.. ((string[])["relevance", "latency_ms", "cost_usd", "failed"]).Select(m => new ExperimentMetricQuery(m))],
                },
                TestContext.Current.CancellationToken
            );
}
