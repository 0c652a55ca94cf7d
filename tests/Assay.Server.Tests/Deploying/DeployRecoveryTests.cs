using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Assay.Server.Tests.Deploying;

/// <summary>Deployments that go wrong: a version that is bad, one that hangs, a deployment that is killed between two of its steps.</summary>
public sealed class DeployRecoveryTests : IDisposable
{
    // Versions 1.1 refuse it, so that their answers can be told from those of others.
    private const int TooLong = 100;
    private static readonly string LongQuestion = "How do I roll back a release " + new string('x', 150) + "?";

    private readonly DeployPlace place = new();

    public DeployRecoveryTests()
    {
        DeployPlace.NeedsNginx();
        place.PublishQuick("1.0");
        place.PublishQuick("1.1", mostBytes: TooLong);
    }

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_version_that_is_bad_is_taken_back_wherever_it_goes()
    {
        place.PublishQuick("bad", status: 500);
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
        (await AskAsync(place.Proxy)).ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => AskAsync(place.Canary));
        (await place.HistoryAsync("production")).Count(h => h.GetProperty("result").GetString() == "failed").ShouldBe(2);
    }

    [Fact]
    public async Task A_deployment_that_was_killed_anywhere_goes_on_when_it_is_given_again()
    {
        await StagedAsync("1.0");
        (await place.RunAsync("production", "1.0")).ShouldEndWith(0);
        var (former, interrupted) = ("1.0", 0);
        // After the canary's slot was started, after traffic moved there, after production was stopped, after it was started again.
        foreach (var step in (int[])[3, 6, 7, 8])
        {
            var next = $"2.{step}";
            place.PublishQuick(next);
            await StagedAsync(next);
            await place.KillAtAsync(step, "production", next);
            // On a busy machine the deployment may be through before it is killed.
            var isUnfinished = (await place.StatusAsync()).GetProperty("unfinished").ValueKind != JsonValueKind.Null;
            var again = (await place.RunAsync("production", next)).ShouldEndWith(0);
            again.Error.Contains("was interrupted and goes on").ShouldBe(isUnfinished);
            interrupted += isUnfinished ? 1 : 0;
            await ShouldRunAsync(next, former);
            former = next;
        }

        interrupted.ShouldBeGreaterThan(0);
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
        (await AskAsync(place.Proxy)).ShouldBe(HttpStatusCode.OK);
        var status = await place.StatusAsync();
        status.GetProperty("production").GetProperty("version").GetString().ShouldBe("1.0");
        status.GetProperty("production").GetProperty("health").GetString().ShouldBe("healthy");
        status.GetProperty("unfinished").ValueKind.ShouldBe(JsonValueKind.Null);
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
        status.GetProperty("canary").ValueKind.ShouldBe(JsonValueKind.Null);
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
}
