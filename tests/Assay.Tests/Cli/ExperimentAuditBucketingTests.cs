using System.Text.Json;

namespace Assay.Tests.Cli;

public sealed class ExperimentAuditBucketingTests
{
    private const string Arms = "variants: [{ name: control, weight: 50 }, { name: new, weight: 50 }]";

    [Fact]
    public async Task Ids_of_a_file_are_audited_with_the_experiments_of_the_catalog()
    {
        using var place = new CliPlace();
        place.Write("catalog/experiments/a.yaml", $"name: a\n{Arms}\n---\nname: b\n{Arms}\n");
        var ids = place.Write("ids.txt", Ids(2000) + "user-1\n");
        var ended = (await place.RunAsync("experiment", "audit-bucketing", ids)).ShouldPass();
        ended.Out.ShouldStartWith("Fair: chance explains all 7 tests on 2,000 ids;");
        ended.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
        ended.Error.ShouldBeEmpty();
        var report = JsonDocument.Parse((await place.RunAsync("experiment", "audit-bucketing", ids, "--json")).ShouldPass().Out).RootElement;
        report.GetProperty("verdict").GetString().ShouldBe("pass");
        report.GetProperty("repeated").GetInt64().ShouldBe(1);
        report.GetProperty("switched").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Two_experiments_of_one_salt_fail_and_are_named()
    {
        using var place = new CliPlace();
        place.Write("catalog/experiments/a.yaml", $"name: a\nsalt: same\n{Arms}\n---\nname: b\nsalt: same\n{Arms}\n");
        var ended = await place.CallAsync("experiment", "audit-bucketing", place.Write("ids.txt", Ids(2000)), "--catalog", place["catalog"]);
        ended.ShouldEndWith(ExitCode.Fail).Out.ShouldContain("a and b: independent of each other (p = ");
    }

    [Fact]
    public async Task Too_few_ids_give_no_verdict()
    {
        using var place = new CliPlace();
        var ended = await place.CallAsync("experiment", "audit-bucketing", place.Write("ids.txt", Ids(10)), "--catalog", place["none"]);
        ended.ShouldEndWith(ExitCode.Inconclusive).Out.ShouldStartWith("No verdict: 10 different ids; at least 1,000 are needed.");
    }

    [Theory]
    [InlineData("does not exist", "missing.txt")]
    [InlineData("--generated 1001", "ids.txt", "--generated", "1001")]
    [InlineData("0 experiments", "ids.txt", "--generated", "0")]
    [InlineData("--alpha", "ids.txt", "--alpha", "2")]
    public async Task What_cannot_be_audited_is_refused(string problem, string file, params string[] options)
    {
        using var place = new CliPlace();
        place.Write("ids.txt", Ids(10));
        var ended = await place.CallAsync(["experiment", "audit-bucketing", place[file], "--catalog", place["none"], .. options]);
        ended.ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain(problem);
        ended.Out.ShouldBeEmpty();
    }

    private static string Ids(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"user-{i}\n"));
}
