using System.Net.Http.Headers;
using Assay.Embedded;
using Assay.Experimentation.Clients;
using Assay.Experimentation.Tests.Clients;
using Assay.Server.Access;
using Assay.Server.Tests.Hosting;
using Assay.Server.Tests.Slos;
using Assay.Stores;

namespace Assay.Server.Tests.Experiments;

/// <summary>A hub in a process of its own, killed at seeded random moments while flags are changed and units recorded, and a service that lives through it.</summary>
public sealed class KilledFlagHubTests : IDisposable
{
    private const int Rounds = 20;
    private const int UnitsPerRound = 40;

    // A hub that is killed while it starts is ready after about a second.
    private const int MostMsOfStart = 900;

    private const int MostAcknowledged = 80;
    private const string Posted = "posted_test";

    private readonly string folder = Directory.CreateTempSubdirectory("assay-killed-flags-").FullName;
    private readonly int port = ServedProcess.StandingPort();
    private readonly PromisedChanges changes = new();
    private readonly PromisedEvents events = new(Posted);
    private int met;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(folder, "data");

    private string Catalog => Path.Combine(folder, "catalog");

    private string Kept => Path.Combine(folder, "kept.json");

    private Uri Address => new($"http://127.0.0.1:{port}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task After_each_of_many_kills_all_that_was_acknowledged_is_there_once_and_services_go_on()
    {
        WriteCatalog();
        var random = new Random(20266);
        await using (var service = await FlaggedService.StartAsync(Address, o => o.SnapshotPath = Kept))
        {
            await BeginAsync(service);
            for (var round = 1; round < Rounds; round++)
            {
                if (round % 4 == 0)
                {
                    await ServedProcess.KillStartingAsync(Data, TimeSpan.FromMilliseconds(random.Next(MostMsOfStart)), "--catalog", Catalog);
                }
                else
                {
                    await LiveAsync(service, round, random);
                }

                HasLastKnownGood(service);
            }

            await EndAsync(service);
            HasLastKnownGood(service);
        }

        await using var later = await FlaggedService.StartAsync(Address, o => o.SnapshotPath = Kept);
        later.Status.Origin.ShouldBe(SnapshotOrigin.LastKnownGood);
        HasLastKnownGood(later);
        await CheckSumsAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{changes.Count} changes and {events.Units} posted units in {Rounds} rounds");
    }

    /// <summary>The first round: a flag is killed for good, which the service hears of.</summary>
    private async Task BeginAsync(FlaggedService service)
    {
        using var hub = await StartAsync();
        var killed = await Answered.PostJsonAsync(hub.Pages, "/api/v1/flags/stopped", """{"killed": true, "reason": "a bad night"}""");
        killed.Status.ShouldBe(200, killed.Text);
        await FollowsAsync(service, hub);
        await hub.KillAsync();
        HasLastKnownGood(service);
    }

    /// <summary>A round: what earlier ones were promised is looked for, and the hub is killed after so many acknowledgements and a moment more.</summary>
    private async Task LiveAsync(FlaggedService service, int round, Random random)
    {
        using var hub = await StartAsync();
        await CheckAsync(hub);
        // A service that waits to try again takes up to a second: most rounds go on without it.
        if (round % 4 == 1)
        {
            await FollowsAsync(service, hub);
        }

        Meet(service, round);
        using var heard = new SemaphoreSlim(0);
        var work = WorkAsync(hub.Pages, round, () => heard.Release());
        for (var acknowledged = random.Next(1, MostAcknowledged); acknowledged > 0; acknowledged--)
        {
            (await heard.WaitAsync(Patience.Longest, Cancel)).ShouldBeTrue("the hub acknowledges nothing");
        }

        await Task.Delay(TimeSpan.FromTicks(random.Next(100_000)), Cancel);
        await hub.KillAsync();
        await work;
    }

    private Task WorkAsync(HttpClient hub, int round, Action heard) =>
        Task.WhenAll(
            changes.ChangeUntilGoneAsync(hub, $"round {round}, writer 1", new Random(2 * round), heard),
            changes.ChangeUntilGoneAsync(hub, $"round {round}, writer 2", new Random((2 * round) + 1), heard),
            events.SendUntilGoneAsync(hub, $"{round}-a", heard),
            events.SendUntilGoneAsync(hub, $"{round}-b", heard)
        );

    /// <summary>The service records units as they come, whatever became of the hub.</summary>
    private void Meet(FlaggedService service, int round)
    {
        for (var i = 0; i < UnitsPerRound; i++, met++)
        {
            service.Experiments.Assign(SampleExperiment.Name, $"{round}-{i}").ShouldNotBeNull();
            service.Experiments.Record(SampleExperiment.Name, $"{round}-{i}", "relevance", 0.5);
        }
    }

    /// <summary>A hub that stays until everything is there and the service has what it has.</summary>
    private async Task EndAsync(FlaggedService service)
    {
        using var hub = await StartAsync();
        await CheckAsync(hub);
        await FollowsAsync(service, hub);
        await Eventually.GetAsync(
            () => Task.FromResult((service.Counted(EventKind.Exposure, EventOutcome.Sent), service.Counted(EventKind.Outcome, EventOutcome.Sent))),
            sent => sent == (met, met),
            "not everything was sent"
        );
        changes.Count.ShouldBeGreaterThan(Rounds);
        events.Units.ShouldBeGreaterThan(Rounds);
        await hub.KillAsync();
    }

    private async Task CheckAsync(ServedProcess hub)
    {
        await changes.CheckAsync(hub.Pages);
        await events.CheckAsync(hub.Pages);
    }

    private static void HasLastKnownGood(FlaggedService service)
    {
        service.Flags.IsEnabled("steady", "user-1", fallback: false).ShouldBeTrue();
        service.Flags.IsEnabled("stopped", "user-1", fallback: true).ShouldBeFalse();
        service.Experiments.Peek(SampleExperiment.Name, "user-1").ShouldNotBeNull();
    }

    private static async Task FollowsAsync(FlaggedService service, ServedProcess hub)
    {
        var version = (await Answered.GetAsync(hub.Pages, "/api/v1/flags")).Json.GetProperty("version").GetString();
        await Eventually.GetAsync(
            () => Task.FromResult(service.Status),
            s => s.IsFollowed && s.Version == version,
            $"the service does not follow the hub to version {version}"
        );
    }

    /// <summary>Nobody is counted twice and nobody is missing, those of the service and those that were posted.</summary>
    private async Task CheckSumsAsync()
    {
        await using var store = await EmbeddedStore.OpenAsync(Data, TimeProvider.System, Cancel);
        foreach (var (experiment, units) in new (string, long)[] { (SampleExperiment.Name, met), (Posted, events.Units) })
        {
            var query = new ExperimentQuery(experiment, 1) { Attribution = TimeSpan.FromHours(72), Metrics = [new ExperimentMetricQuery("relevance")] };
            var sums = await store.Events.SumExperimentAsync(query, Cancel);
            (sums.Variants.Sum(v => v.Units), sums.Variants.Sum(v => v.Metrics[0].Outcomes)).ShouldBe((units, units), experiment);
            (sums.InSeveral, sums.OutcomesWithoutExposure).ShouldBe((0L, 0L), experiment);
        }
    }

    private async Task<ServedProcess> StartAsync()
    {
        var hub = await ServedProcess.StartAsync(Data, port, "--catalog", Catalog);
        var token = await File.ReadAllTextAsync(Path.Combine(Data, AdminToken.FileName), Cancel);
        hub.Pages.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        return hub;
    }

    private void WriteCatalog()
    {
        var flags = Directory.CreateDirectory(Path.Combine(Catalog, "flags")).FullName;
        var experiments = Directory.CreateDirectory(Path.Combine(Catalog, "experiments")).FullName;
        string[] names = ["first", "second", "third", "steady", "stopped"];
        File.WriteAllText(Path.Combine(flags, "flags.yaml"), string.Join("---\n", names.Select(n => $"name: {n}\ndefault: \"on\"\n")));
        File.WriteAllText(Path.Combine(experiments, "reranker_test.yaml"), SampleExperiment.Yaml);
        File.WriteAllText(Path.Combine(experiments, "posted_test.yaml"), SampleExperiment.Yaml.Replace(SampleExperiment.Name, Posted));
    }
}
