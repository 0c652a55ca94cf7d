using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assay.Experimentation.Clients;
using Assay.Experimentation.Tests.Clients;
using Assay.Server.Access;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Experiments;

/// <summary>The client library against a real hub.</summary>
public sealed class FlagClientTests : IDisposable
{
    private const string Flag = "new_ranking";

    private readonly string folder = Directory.CreateTempSubdirectory("assay-flag-client-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_kill_switch_reaches_every_running_service()
    {
        await using var hub = await StartHubAsync();
        var services = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => FlaggedService.StartAsync(hub.Addresses.Pages)));
        try
        {
            await UntilAsync(() => services.All(s => s.Status.IsFollowed), "not every service follows the hub");
            services.ShouldAllBe(s => s.Flags.IsEnabled(Flag, "user-1", false));
            await KillAsync(hub);
            await UntilAsync(() => services.All(s => !s.Flags.IsEnabled(Flag, "user-1", true)), "the flag is still on somewhere");
        }
        finally
        {
            await Task.WhenAll(services.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task A_hub_that_goes_and_comes_back_on_its_port_is_found_again_with_what_changed()
    {
        var hub = await StartHubAsync(FreePort.Next());
        var port = hub.Addresses.Pages.Port;
        await using var service = await FlaggedService.StartAsync(hub.Addresses.Pages);
        await UntilAsync(() => service.Status.IsFollowed, "the hub is not followed");
        await KillAsync(hub);
        await UntilAsync(() => !service.Flags.IsEnabled(Flag, "user-1", true), "the flag is still on");
        await hub.DisposeAsync();
        await UntilAsync(() => !service.Status.IsFollowed, "a hub that stopped is followed");
        service.Flags.IsEnabled(Flag, "user-1", true).ShouldBeFalse();

        // What was decided is in its data folder.
        await using var again = await StartHubAsync(port);
        await ChangeAsync(again, new { killed = false, reason = "mended" });
        await UntilAsync(() => service.Flags.IsEnabled(Flag, "user-1", false), "the hub was not found again");
        service.Status.Origin.ShouldBe(SnapshotOrigin.Hub);
    }

    [Fact]
    public async Task A_service_that_starts_while_the_hub_is_down_has_the_last_flags_the_killed_ones_too()
    {
        var kept = Path.Combine(folder, "kept.json");
        var hub = await StartHubAsync(FreePort.Next());
        var address = hub.Addresses.Pages;
        await using (var first = await FlaggedService.StartAsync(address, o => o.SnapshotPath = kept))
        {
            await UntilAsync(() => first.Status.IsFollowed, "the hub is not followed");
            await KillAsync(hub);
            await UntilAsync(() => !first.Flags.IsEnabled(Flag, "user-1", true), "the flag is still on");
        }

        await hub.DisposeAsync();
        await using var second = await FlaggedService.StartAsync(address, o => o.SnapshotPath = kept);
        second.Flags.IsEnabled(Flag, "user-1", true).ShouldBeFalse();
        second.Experiments.Peek("reranker_test", "user-1").ShouldNotBeNull();
        second.Status.Origin.ShouldBe(SnapshotOrigin.LastKnownGood);
        (await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken)).ShouldNotContain(
            "a bad night",
            customMessage: "who changed what and why stays at home"
        );
    }

    [Fact]
    public async Task A_wrong_token_gets_nothing_and_a_right_one_everything()
    {
        await using var hub = await StartHubAsync();
        await using var wrong = await FlaggedService.StartAsync(hub.Addresses.Pages, o => o.Token = "wrong");
        await UntilAsync(() => wrong.Telemetry.Counted(SnapshotOutcome.Unreachable) >= 2, "a wrong token was taken");
        wrong.Status.Origin.ShouldBe(SnapshotOrigin.None);

        await using var right = await FlaggedService.StartAsync(hub.Addresses.Pages, o => o.TokenFile = Path.Combine(hub.Folder, AdminToken.FileName));
        await UntilAsync(() => right.Status.IsFollowed, "the token of the file was not taken");
    }

    [Fact]
    public async Task Service_and_hub_give_a_unit_the_same()
    {
        await using var hub = await StartHubAsync();
        await using var service = await FlaggedService.StartAsync(hub.Addresses.Pages);
        await UntilAsync(() => service.Status.IsFollowed, "the hub is not followed");
        for (var i = 0; i < 50; i++)
        {
            var body = new { context = new { targetingKey = $"user-{i}" } };
            using var answer = await hub.Client.PostAsJsonAsync("/ofrep/v1/evaluate/flags/half", body, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            service.Flags.IsEnabled("half", $"user-{i}", false).ShouldBe(json.GetProperty("value").GetBoolean(), $"user-{i}");
        }
    }

    private async Task<RunningHub> StartHubAsync(int port = 0)
    {
        var data = Path.Combine(folder, "data");
        var catalog = Path.Combine(folder, "catalog");
        Directory.CreateDirectory(Path.Combine(catalog, "flags"));
        Directory.CreateDirectory(Path.Combine(catalog, "experiments"));
        await File.WriteAllTextAsync(
            Path.Combine(catalog, "flags", "flags.yaml"),
            """
            name: new_ranking
            description: A new order of results.
            owner: search
            default: on
            ---
            name: half
            description: For one of two.
            owner: search
            rollout: { on: 50 }
            """
        );
        await File.WriteAllTextAsync(Path.Combine(catalog, "experiments", "reranker_test.yaml"), SampleExperiment.Yaml);
        return await RunningHub.StartAsync(o => (o.CatalogFolder, o.Port) = (catalog, port), folder: data);
    }

    private static Task KillAsync(RunningHub hub) => ChangeAsync(hub, new { killed = true, reason = "a bad night" });

    private static async Task ChangeAsync(RunningHub hub, object change)
    {
        using var answer = await hub.Admin.PostAsJsonAsync($"/api/v1/flags/{Flag}", change, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<bool> UntilAsync(Func<bool> condition, string what) => Eventually.GetAsync(() => Task.FromResult(condition()), isTrue => isTrue, what);
}
