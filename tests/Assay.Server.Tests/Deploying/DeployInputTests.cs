namespace Assay.Server.Tests.Deploying;

/// <summary>What a deployment is asked wrongly is refused before anything is touched; a dry run touches nothing.</summary>
public sealed class DeployInputTests : IDisposable
{
    private readonly DeployPlace place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("is no command")]
    [InlineData("'fly' is no command", "fly")]
    [InlineData("'' is no version", "staging")]
    [InlineData("is no version", "staging", "../../etc")]
    [InlineData("is no version", "production", "1.0;rm")]
    [InlineData("is no share of traffic", "canary", "1.0", "--percent", "100.5")]
    [InlineData("is no share of traffic", "canary", "1.0", "--percent", "five")]
    [InlineData("is no share of traffic", "canary", "1.0", "--percent", "-5")]
    [InlineData("--percent is no option of staging", "staging", "1.0", "--percent", "5")]
    [InlineData("'--quick' is no option", "staging", "1.0", "--quick")]
    [InlineData("--percent has no value", "canary", "1.0", "--percent")]
    [InlineData("is no environment", "rollback", "moon", "--reason", "x")]
    [InlineData("A rollback has no reason", "rollback", "production")]
    [InlineData("A rollback has no reason", "rollback", "production", "--reason", "")]
    [InlineData("control characters", "rollback", "production", "--reason", "a\nb")]
    [InlineData("is no runner", "status", "--runner", "fleet")]
    [InlineData("There is no program", "staging", "7.0")]
    [InlineData("There is no production", "canary", "1.0")]
    [InlineData("not 1.0", "production", "1.0")]
    [InlineData("Nothing runs in production", "rollback", "production", "--reason", "x")]
    [InlineData("Staging ran nothing before", "rollback", "staging", "--reason", "x")]
    public async Task What_cannot_be_done_is_refused_with_its_fix(string problem, params string[] arguments)
    {
        place.Publish("1.0");
        var refused = (await place.RunAsync(arguments)).ShouldEndWith(2);
        refused.Error.ShouldContain("error: ");
        refused.Error.ShouldContain(problem);
        refused.Error.ShouldContain("  fix: ");
        refused.Out.ShouldBe("");
        File.Exists(Path.Combine(place.State, "history.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_says_every_step_and_does_none()
    {
        place.Publish("1.0");
        var shown = (await place.RunAsync("production", "1.0", "--force", "the first", "--dry-run")).ShouldEndWith(0);
        shown.Error.ShouldContain("would: Start 1.0 in control");
        shown.Error.ShouldContain("would: Ask control a question.");
        shown.Error.ShouldContain("would: Give the canary 0 % of requests.");
        shown.Error.ShouldContain("would end with: Production runs 1.0.");
        Directory.Exists(place.State).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_deployed_where_nothing_can_be_remembered()
    {
        place.Publish("1.0");
        var file = Path.Combine(Directory.GetParent(place.State)!.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        (await place.RunAsync("staging", "1.0", "--state", file)).ShouldEndWith(4).Error.ShouldContain("cannot be written");
    }

    [Fact]
    public async Task Before_the_first_deployment_there_is_nothing_to_show()
    {
        (await place.RunAsync("status")).ShouldEndWith(0).Out.ShouldContain("production   -");
        (await place.HistoryAsync("production")).ShouldBeEmpty();
    }
}
