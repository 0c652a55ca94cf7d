using System.Text.Json;

namespace Assay.Server.Tests.Deploying;

/// <summary>What <c>deploy/deploy.sh</c> did stands in the ledger of a real hub; without one it is done all the same.</summary>
public sealed class DeployLedgerTests : IDisposable
{
    private readonly DeployPlace place = new();

    public DeployLedgerTests()
    {
        DeployPlace.NeedsNginx();
        place.PublishQuick("1.0");
        place.PublishQuick("1.1");
    }

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task What_runs_where_is_a_link_of_its_version()
    {
        await using var hub = await RunningHub.StartAsync();
        place.Hub = hub.Addresses.Pages;
        place.Token = await hub.ReadTokenAsync();
        (await place.RunAsync("staging", "1.0", "--by", "ann")).ShouldEndWith(0).Error.ShouldNotContain("The ledger was not told");
        (await place.RunAsync("production", "1.0")).ShouldEndWith(0);
        (await place.RunAsync("production", "1.1", "--force", "it \"burns\"")).ShouldEndWith(0);
        (await place.RunAsync("rollback", "production", "--reason", "slow")).ShouldEndWith(0);

        var first = await LinksAsync(hub, "1.0");
        first.Select(Summary).ShouldBe(["deployed to staging", "deployed to production", "runs again in production. slow"]);
        first[0].GetProperty("body").GetProperty("by").GetString().ShouldBe("ann");
        var second = (await LinksAsync(hub, "1.1")).ShouldHaveSingleItem();
        Summary(second).ShouldBe("deployed to production. it \"burns\"");
        second.GetProperty("body").GetProperty("before").GetString().ShouldBe("1.0");
    }

    [Fact]
    public async Task A_deployment_is_done_although_the_hub_is_away_or_refuses()
    {
        var away = (await place.RunAsync("staging", "1.0")).ShouldEndWith(0);
        away.Error.ShouldContain("The ledger was not told that rag_service@1.0 runs in staging: ");
        away.Error.ShouldContain("Staging runs 1.0.");
        await using var hub = await RunningHub.StartAsync();
        place.Hub = hub.Addresses.Pages;
        place.Token = "wrong";
        (await place.RunAsync("staging", "1.1")).ShouldEndWith(0).Error.ShouldContain("The ledger was not told that rag_service@1.1 runs in staging: ");
        (await LinksAsync(hub, "1.1")).ShouldBeEmpty();
    }

    private static string Summary(JsonElement link) => link.GetProperty("summary").GetString()!;

    private static async Task<List<JsonElement>> LinksAsync(RunningHub hub, string version) =>
        [.. (await Answered.GetAsync(hub.Client, $"/api/v1/releases/rag_service@{version}/ledger")).Json.GetProperty("links").EnumerateArray()];
}
