using System.Text.Json;
using Assay.Server.Hosting;
using Assay.Server.Tests.Costs;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Hosting;

/// <summary>What the hub says of itself while files of its catalog are broken.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_broken_price_file_degrades_the_hub_and_is_named_until_it_is_mended()
    {
        await using var hub = await PricedHub.StartAsync();
        PricedHub.Write(hub, "models: [{ model: fox, prices: [{ from: 2026-01-01, input: -2 }] }]");
        var degraded = await AwaitAsync(hub, "degraded");
        degraded.Status.ShouldBe(200);
        degraded.Json.GetProperty("ready").GetBoolean().ShouldBeTrue();
        var check = CheckOf(degraded, "prices");
        check.GetProperty("ok").GetBoolean().ShouldBeFalse();
        check.GetProperty("is_vital").GetBoolean().ShouldBeFalse();
        var reason = check.GetProperty("reason").GetString()!;
        reason.ShouldContain("prices.yaml:1: 'input: -2' of 'fox' is no price.");
        reason.ShouldContain("stay in force");
        CheckOf(degraded, "store").GetProperty("ok").GetBoolean().ShouldBeTrue();

        PricedHub.Write(hub, PricedHub.Prices);
        (await AwaitAsync(hub, "ready")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_broken_SLO_file_degrades_the_hub_and_the_SLOs_of_the_start_stay()
    {
        await using var hub = await RunningHub.StartAsync();
        var file = Path.Combine(hub.Folder, "catalog", "slos", "shop.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "apiVersion: openslo/v2\nkind: SLO\n", TestContext.Current.CancellationToken);
        var degraded = await AwaitAsync(hub, "degraded");
        CheckOf(degraded, "slos").GetProperty("reason").GetString()!.ShouldContain("shop.yaml: apiVersion is 'openslo/v2'. Write openslo/v1.");
        await AskTraffic.SendAsync(hub.Otlp, good: 1, bad: 0, "shop");
        File.Delete(file);
        (await AwaitAsync(hub, "ready")).Status.ShouldBe(200);
    }

    [Fact]
    public void Only_what_the_hub_cannot_work_without_makes_it_not_ready()
    {
        ReadinessCheck well = new("store", Ok: true, IsVital: true, Reason: null);
        var (vital, other) = (new ReadinessCheck("disk", Ok: false, IsVital: true, "full"), new ReadinessCheck("prices", Ok: false, IsVital: false, "wrong"));
        ReadinessReport.Of([well]).Status.ShouldBe(HubHealth.Ready);
        ReadinessReport.Of([well, other]).Status.ShouldBe(HubHealth.Degraded);
        ReadinessReport.Of([well, other]).Ready.ShouldBeTrue();
        ReadinessReport.Of([well, other, vital]).Status.ShouldBe(HubHealth.NotReady);
        ReadinessReport.Of([vital]).Ready.ShouldBeFalse();
    }

    private static Task<Answered> AwaitAsync(RunningHub hub, string status) =>
        Eventually.GetAsync(
            () => Answered.GetAsync(hub.Client, "/readyz"),
            a => a.Json.GetProperty("status").GetString() == status,
            $"the hub does not say that it is {status}"
        );

    private static JsonElement CheckOf(Answered answer, string name) =>
        answer.Json.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
}
