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

    [Fact]
    public async Task A_version_that_is_bad_is_taken_back_wherever_it_goes()
    {
        place.Publish("bad", "--Faults:ErrorPercent 100");
        place.WriteProgram("dead", "echo no way >&2; exit 3");
        await StagedAsync("1.0");
        (await place.RunAsync("production", "1.0")).ShouldEndWith(0);

        (await place.RunAsync("staging", "bad")).ShouldEndWith(1).Error.ShouldContain("gave no answer from the documents");
        (await place.RunAsync("staging", "dead")).ShouldEndWith(1).Error.ShouldContain("no way");
        (await place.StatusAsync()).GetProperty("staging").GetProperty("version").GetString().ShouldBe("1.0");
        (await AskAsync(place.Staging)).ShouldBe(HttpStatusCode.OK);

        (await place.RunAsync("canary", "bad", "--force", "to see it taken back")).ShouldEndWith(1);
        (await place.RunAsync("production", "dead", "--force", "to see it taken back")).ShouldEndWith(1);
        (await place.StatusAsync()).GetProperty("production").GetProperty("version").GetString().ShouldBe("1.0");
        (await SharedAsync(20)).ShouldBe(0);
        await Should.ThrowAsync<HttpRequestException>(() => AskAsync(place.Canary));
        (await place.HistoryAsync("production")).Count(h => h.GetProperty("result").GetString() == "failed").ShouldBe(2);
    }

    [Fact]
    public async Task A_deployment_that_was_killed_anywhere_goes_on_when_it_is_given_again()
    {
        await StagedAsync("1.0");
        (await place.RunAsync("production", "1.0")).ShouldEndWith(0);
        var former = "1.0";
        // After the canary's slot was started, after traffic moved there, after production was stopped, after it was started again.
        foreach (var step in (int[])[3, 6, 7, 8])
        {
            var next = $"2.{step}";
            place.Publish(next);
            await StagedAsync(next);
            await place.KillAtAsync(step, "production", next);
            var unfinished = (await place.StatusAsync()).GetProperty("unfinished");
            unfinished.GetProperty("version").GetString().ShouldBe(next);
            (await place.RunAsync("production", next)).ShouldEndWith(0).Error.ShouldContain("was interrupted and goes on");
            await ShouldRunAsync(next, former);
            former = next;
        }

        (await place.HistoryAsync("production")).Select(h => h.GetProperty("id").GetString()).ShouldBeUnique();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public async Task A_rollback_after_a_deployment_that_was_killed_returns_to_what_ran_before(int step)
    {
        await StagedAsync("1.0");
        (await place.RunAsync("production", "1.0")).ShouldEndWith(0);
        await StagedAsync("1.1");
        await place.KillAtAsync(step, "production", "1.1");
        // The rollback is cut off too.
        await place.KillAtAsync(2, "rollback", "production", "--reason", "killed");
        (await place.RunAsync("rollback", "production", "--reason", "killed")).ShouldEndWith(0);
        (await SharedAsync(20)).ShouldBe(0);
        var status = await place.StatusAsync();
        status.GetProperty("production").GetProperty("version").GetString().ShouldBe("1.0");
        status.GetProperty("production").GetProperty("health").GetString().ShouldBe("healthy");
        status.GetProperty("unfinished").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await place.HistoryAsync("production")).ShouldContain(h => h.GetProperty("result").GetString() == "interrupted");
    }

    [Fact]
    public async Task A_rollback_does_not_wait_for_a_deployment_that_hangs()
    {
        place.WriteProgram("hangs", "exec sleep 300");
        await StagedAsync("1.0");
        (await place.RunAsync("production", "1.0")).ShouldEndWith(0);
        using var hanging = place.Start("canary", "hangs", "--force", "to see it hang");
        while (await hanging.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Wait until canary"))
        {
            // Until it waits for what never answers.
        }

        (await place.RunAsync("production", "1.1", "--force", "meanwhile")).ShouldEndWith(4).Error.ShouldContain("Another deployment is running");
        (await place.RunAsync("rollback", "production", "--reason", "it hangs")).ShouldEndWith(0);
        (await DeployPlace.EndAsync(hanging)).ExitCode.ShouldBe(4);
        var status = await place.StatusAsync();
        status.GetProperty("canary").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        status.GetProperty("production").GetProperty("health").GetString().ShouldBe("healthy");
    }

    private async Task StagedAsync(string version) => (await place.RunAsync("staging", version)).ShouldEndWith(0);

    private async Task ShouldRunAsync(string version, string former)
    {
        var status = await place.StatusAsync();
        var production = status.GetProperty("production");
        production.GetProperty("version").GetString().ShouldBe(version);
        production.GetProperty("before").GetString().ShouldBe(former);
        production.GetProperty("health").GetString().ShouldBe("healthy");
        status.GetProperty("canary_percent").GetDouble().ShouldBe(0);
        (await AskAsync(place.Proxy)).ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => AskAsync(place.Canary));
    }

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
