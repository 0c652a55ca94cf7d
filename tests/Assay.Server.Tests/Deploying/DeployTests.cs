using System.Net;
using System.Net.Http.Json;

namespace Assay.Server.Tests.Deploying;

/// <summary>Deployments of the real sample service as processes behind a real nginx: to staging, as a canary, to production, and back.</summary>
public sealed class DeployTests : IDisposable
{
    // Version 1.1 takes shorter questions, so that its answers can be told from those of 1.0.
    private const string ShortQuestionsOnly = "--RagService:MaxQuestionLength 100";
    private static readonly string LongQuestion = "How do I roll back a release " + new string('x', 150) + "?";

    private readonly DeployPlace place = new();

    public DeployTests()
    {
        DeployPlace.NeedsNginx();
        place.Publish("1.0");
        place.Publish("1.1", ShortQuestionsOnly);
    }

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_version_goes_through_staging_and_canary_into_production_and_back()
    {
        await StagedAsync("1.0");
        (await AskAsync(place.Staging)).ShouldBe(HttpStatusCode.OK);
        (await place.RunAsync("production", "1.0")).ShouldEndWith(0);
        await StagedAsync("1.1");
        (await AskAsync(place.Staging)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await SharedAsync(40)).ShouldBe(0);

        (await place.RunAsync("canary", "1.1")).ShouldEndWith(0);
        // Exactly: nginx shares by turns, and no worker answers by the weights before.
        (await SharedAsync(200)).ShouldBe(10);
        (await place.RunAsync("canary", "1.1", "--percent", "25")).ShouldEndWith(0);
        (await SharedAsync(200)).ShouldBe(50);
        (await place.StatusAsync()).GetProperty("canary_percent").GetDouble().ShouldBe(25);

        (await place.RunAsync("rollback", "production", "--reason", "errors \"rose\" \\ at 25 %", "--by", "ann")).ShouldEndWith(0);
        (await SharedAsync(40)).ShouldBe(0);
        // A second rollback, of a workflow or another person, goes no further back.
        (await place.RunAsync("rollback", "production", "--reason", "again")).ShouldEndWith(0);

        var failures = await UnderLoadAsync(() => place.RunAsync("production", "1.1"));
        failures.ShouldBe(0);
        (await SharedAsync(40)).ShouldBe(40);
        (await place.RunAsync("rollback", "production", "--reason", "slow")).ShouldEndWith(0);
        (await SharedAsync(40)).ShouldBe(0);

        var status = await place.StatusAsync();
        status.GetProperty("staging").GetProperty("version").GetString().ShouldBe("1.1");
        status.GetProperty("production").GetProperty("version").GetString().ShouldBe("1.0");
        status.GetProperty("production").GetProperty("health").GetString().ShouldBe("healthy");
        status.GetProperty("canary").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var history = await place.HistoryAsync("production");
        history
            .Select(h => $"{h.GetProperty("action")} {h.GetProperty("version")} {h.GetProperty("percent")}")
            .ShouldBe(["production 1.0 ", "canary 1.1 5", "canary 1.1 25", "rollback 1.0 ", "production 1.1 ", "rollback 1.0 "]);
        history.ShouldAllBe(h => h.GetProperty("result").GetString() == "done");
        history[3].GetProperty("reason").GetString().ShouldBe("errors \"rose\" \\ at 25 %");
        history[3].GetProperty("by").GetString().ShouldBe("ann");
        (await place.RunAsync("history", "production")).Out.ShouldContain("  rollback  1.0  -  done  ann  errors \"rose\" \\ at 25 %\n");
    }

    private async Task StagedAsync(string version) => (await place.RunAsync("staging", version)).ShouldEndWith(0);

    private async Task<HttpStatusCode> AskAsync(Uri where)
    {
        using var answer = await place.Client.PostAsJsonAsync(new Uri(where, "ask"), new { question = LongQuestion }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Asks the proxy so often, one after the other, and counts the answers of version 1.1; there are no others but those of 1.0.</summary>
    private async Task<int> SharedAsync(int count)
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < count; i++)
        {
            answers.Add(await AskAsync(place.Proxy));
        }

        answers.ShouldAllBe(a => a == HttpStatusCode.OK || a == HttpStatusCode.RequestEntityTooLarge);
        return answers.Count(a => a == HttpStatusCode.RequestEntityTooLarge);
    }

    /// <summary>Requests that fail while something is done, of a user who asks without a pause.</summary>
    private async Task<int> UnderLoadAsync(Func<Task<Deployed>> change)
    {
        var changing = change();
        var (asked, failures) = (0, 0);
        while (!changing.IsCompleted)
        {
            asked++;
            failures += await AskAsync(place.Proxy) is HttpStatusCode.OK or HttpStatusCode.RequestEntityTooLarge ? 0 : 1;
        }

        (await changing).ShouldEndWith(0);
        asked.ShouldBeGreaterThan(10);
        return failures;
    }
}
