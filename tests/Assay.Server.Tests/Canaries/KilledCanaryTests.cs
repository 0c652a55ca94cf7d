using System.Text.Json;
using Assay.Cli;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Canaries;

/// <summary>A hub in a process of its own, killed again and again while it controls a canary.</summary>
public sealed class KilledCanaryTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_at_random_it_ends_as_one_that_nobody_killed(int seed)
    {
        var random = new Random(seed);
        await using var place = await CanaryPlace.OpenAsync(
            CanaryPlace
                .Release.Replace("steps: [25, 100]", "steps: [25, 50, 100]")
                .Replace("lookEvery: 1h", "lookEvery: 1s")
                .Replace("minTime: 1s", "minTime: 3s"),
            withHub: false
        );
        var catalog = Path.Combine(place.Folder, "catalog");
        var (kills, started) = (0, TimeProvider.System.GetTimestamp());
        var isStarted = false;
        while (true)
        {
            using var hub = await ServedProcess.StartAsync(place.Folder, "--catalog", catalog);
            if (!isStarted)
            {
                var begun = await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
                begun.Code.ShouldBe(0, begun.Error);
                isStarted = true;
            }

            await place.SendAsync(hub.Otlp, "off", 3_000, 6);
            await place.SendAsync(hub.Otlp, "on", 1_000, 2);
            await Task.Delay(random.Next(100, 2_500), TestContext.Current.CancellationToken);
            if (await PhaseAsync(place) == "promoted")
            {
                await CheckAsync(hub, kills);
                return;
            }

            await hub.KillAsync();
            kills++;
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Bound);
        }
    }

    private static async Task<string?> PhaseAsync(CanaryPlace place)
    {
        var status = await place.RunAsync("canary", "status", "shop", "--json");
        return status.Code == 0 ? JsonDocument.Parse(status.Out).RootElement.GetProperty("phase").GetString() : null;
    }

    private static async Task CheckAsync(ServedProcess hub, int kills)
    {
        var links = (await Answered.GetAsync(hub.Pages, "/api/v1/releases/shop@1.9.0/ledger?limit=1000")).Json.GetProperty("links").EnumerateArray().ToList();
        var kinds = links.Select(l => l.GetProperty("kind").GetString()).ToList();
        kinds.Where(k => k is not ("look" or "evidence")).ShouldBe(["canary_started", "step", "step", "promoted"]);
        var shares = (await Answered.GetAsync(hub.Pages, "/api/v1/flags/new_search/history")).Json.GetProperty("entries").EnumerateArray();
        shares.Select(e => e.GetProperty("rollout").GetProperty("on").GetDecimal()).Reverse().ShouldBe([25, 50, 100]);
        kills.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper!.WriteLine($"{CommandLine.Version}: killed {kills} times, {kinds.Count} links");
    }
}
