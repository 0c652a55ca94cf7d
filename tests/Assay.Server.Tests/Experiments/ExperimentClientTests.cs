using System.Net;
using System.Net.Http.Json;
using Assay.Experimentation.Clients;
using Assay.Experimentation.Tests.Clients;
using Assay.Server.Tests.Slos;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

/// <summary>Exposures and outcomes from the client library into the sums of a real hub.</summary>
public sealed class ExperimentClientTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-experiment-client-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_a_service_assigns_and_records_are_the_sums_of_the_hub()
    {
        await using var hub = await StartHubAsync();
        await using var service = await FollowingAsync(hub.Addresses.Pages);
        var assigned = new Dictionary<string, int> { ["control"] = 0, ["treatment"] = 0 };
        for (var i = 0; i < 400; i++)
        {
            var variant = service.Experiments.Assign(SampleExperiment.Name, $"user-{i}")!;
            assigned[variant]++;
            service.Experiments.Assign(SampleExperiment.Name, $"user-{i}").ShouldBe(variant);
            service.Experiments.Record(SampleExperiment.Name, $"user-{i}", "relevance", variant == "control" ? 0.5 : 0.75);
        }

        service.Experiments.Record(SampleExperiment.Name, "user-0", "relevance", double.NaN);
        service.Experiments.Record(SampleExperiment.Name, "nobody", "relevance", 1);
        await service.StopAsync();
        var sums = await SumAsync(hub);
        sums.Variants.ToDictionary(v => v.Variant, v => (int)v.Units).ShouldBe(assigned, ignoreOrder: true);
        sums.Variants.Select(v => Math.Round(v.Metrics[0].UnitMeans.Mean, 9)).ShouldBe([0.5, 0.75]);
        sums.Variants.Sum(v => v.Metrics[0].NotFinite).ShouldBe(1);
        sums.OutcomesWithoutExposure.ShouldBe(1);
        sums.InSeveral.ShouldBe(0);
        service.Telemetry.Counted(EventKind.Exposure, EventOutcome.Sent).ShouldBe(400);
    }

    [Fact]
    public async Task A_hub_that_is_away_for_a_while_has_everything_once_in_the_end()
    {
        var hub = await StartHubAsync(FreePort.Next());
        var port = hub.Addresses.Pages.Port;
        await using var service = await FollowingAsync(hub.Addresses.Pages);
        Meet(service, 0, 300);
        await Eventually.GetAsync(
            () => Task.FromResult(service.Telemetry.Counted(EventKind.Exposure, EventOutcome.Sent)),
            sent => sent == 300,
            "the first were not sent"
        );
        await hub.DisposeAsync();
        Meet(service, 200, 700);
        await using var again = await StartHubAsync(port);
        await Eventually.GetAsync(() => SumAsync(again), sums => sums.Variants.Sum(v => v.Units) == 700, "not all came");
        (await SumAsync(again)).Variants.Sum(v => v.Metrics[0].Outcomes).ShouldBe(800);
    }

    [Fact]
    public async Task A_unit_that_another_program_sends_by_its_key_is_the_same_unit()
    {
        await using var hub = await StartHubAsync();
        await using var service = await FollowingAsync(hub.Addresses.Pages);
        service.Experiments.Assign(SampleExperiment.Name, "юзер-7").ShouldNotBeNull();
        await service.StopAsync();
        var outcome = new
        {
            key = "other-1",
            experiment = SampleExperiment.Name,
            unit = "юзер-7",
            metric = "relevance",
            value = 0.25,
        };
        using var answer = await hub.Client.PostAsJsonAsync(
            "/api/v1/experiment-events",
            new { outcomes = new[] { outcome } },
            TestContext.Current.CancellationToken
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SumAsync(hub)).Variants.Single(v => v.Units == 1).Metrics[0].UnitMeans.Mean.ShouldBe(0.25);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"9223372036854775808\"")]
    [InlineData("\"0x10\"")]
    [InlineData("17")]
    public async Task A_unit_number_that_is_none_is_named(string number)
    {
        await using var hub = await StartHubAsync();
        var body = $$"""{"exposures": [{"experiment": "e", "version": 1, "unitId": {{number}}, "variant": "a"}]}""";
        using var answer = await hub.Client.PostAsync(
            "/api/v1/experiment-events",
            new StringContent(body, null, "application/json"),
            TestContext.Current.CancellationToken
        );
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(
            "exposures[0].unitId must be a whole number of 64 bits as a text"
        );
    }

    private static void Meet(FlaggedService service, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            service.Experiments.Assign(SampleExperiment.Name, $"user-{i}");
            service.Experiments.Record(SampleExperiment.Name, $"user-{i}", "relevance", 0.5);
        }
    }

    private static async Task<FlaggedService> FollowingAsync(Uri hub)
    {
        var service = await FlaggedService.StartAsync(hub);
        await Eventually.GetAsync(() => Task.FromResult(service.Status.IsFollowed), isFollowed => isFollowed, "the hub is not followed");
        return service;
    }

    private async Task<RunningHub> StartHubAsync(int port = 0)
    {
        var catalog = Path.Combine(folder, "catalog");
        Directory.CreateDirectory(Path.Combine(catalog, "experiments"));
        await File.WriteAllTextAsync(Path.Combine(catalog, "experiments", "reranker_test.yaml"), SampleExperiment.Yaml);
        return await RunningHub.StartAsync(o => (o.CatalogFolder, o.Port) = (catalog, port), folder: Path.Combine(folder, "data"));
    }

    private static Task<ExperimentSums> SumAsync(RunningHub hub) =>
        hub
            .Hub.Services.GetRequiredService<IEventStore>()
            .SumExperimentAsync(
                new ExperimentQuery(SampleExperiment.Name, Version: 1)
                {
                    Attribution = TimeSpan.FromHours(72),
                    Metrics = [new ExperimentMetricQuery("relevance")],
                },
                TestContext.Current.CancellationToken
            );
}
