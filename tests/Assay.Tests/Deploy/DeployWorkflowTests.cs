using System.Text.RegularExpressions;
using Assay.Cli;
using Assay.Tests.Tidy;

namespace Assay.Tests.Deploy;

/// <summary>The workflows of deployment and rollback: stages in their order, commands that exist, a way back that needs no hand.</summary>
public sealed partial class DeployWorkflowTests
{
    private const string Deploy = ".github/workflows/deploy.yml";
    private const string Rollback = ".github/workflows/rollback.yml";

    // What stands for the variables of a step when its commands are read.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["$RELEASE"] = "rag_service",
        ["$VERSION"] = "1.0.0",
        ["$GITHUB_SHA"] = "0123456789abcdef0123456789abcdef01234567",
        ["$ASSAY_DATA"] = "data",
        ["$REASON"] = "reason",
        ["$ENVIRONMENT"] = "production",
        ["$TO"] = "0.9",
    };

    public static TheoryData<string> Files => [Deploy, Rollback];

    [Fact]
    public void The_stages_follow_each_other()
    {
        string[] order = ["build", "test", "gate", "staging", "canary", "production"];
        var jobs = YamlText.Read(Deploy).Map("jobs");
        jobs.Keys.Cast<string>().ShouldBe(order);
        foreach (var (before, job) in order.Zip(order.Skip(1)))
        {
            jobs.Map(job).Texts("needs").ShouldBe([before]);
            // What a job does whatever became of the one before would be done without it.
            jobs.Map(job).Text("if").ShouldBe("");
        }
    }

    [Fact]
    public void It_starts_on_main_and_by_hand_and_production_waits_for_an_approval()
    {
        var deploy = YamlText.Read(Deploy);
        deploy.Map("on").Map("push").Texts("branches").ShouldBe(["main"]);
        deploy.Map("on").ContainsKey("workflow_dispatch").ShouldBeTrue();
        deploy.Map("jobs").Map("production").Text("environment").ShouldBe("production");
        YamlText.Read(Rollback).Map("on").Map("workflow_dispatch").Map("inputs").Keys.Cast<string>().ShouldBe(["environment", "reason", "to"]);
    }

    [Fact]
    public void A_canary_that_fails_is_taken_back_with_and_without_its_controller()
    {
        var back = Steps(Deploy).Single(s => s.Text("name") == "Take it back");
        back.Text("if").ShouldBe("failure() || cancelled()");
        back.Text("run").ShouldContain("canary rollback");
        back.Text("run").ShouldContain("make rollback ENV=production");
        Steps(Rollback).Single(s => s.Text("name") == "Controller").Text("continue-on-error").ShouldBe("true");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_step_passes_the_linter_and_takes_no_text_of_others_into_a_script(string path)
    {
        foreach (var run in Runs(path))
        {
            (await ShellLint.TextAsync(run)).ShouldBe("", run);
            // An expression is put into the script before it is read: a reason such as `$(…)` would be run.
            run.ShouldNotContain("${{");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_exists(string path)
    {
        using var nowhere = new StringWriter();
        var root = CommandLine.Root(new CommandSurroundings(nowhere, nowhere, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false));
        var commands = Runs(path).SelectMany(r => Command().Matches(r)).Select(m => Words(m.Groups["arguments"].Value)).ToList();
        commands.ShouldNotBeEmpty();
        commands.SelectMany(c => root.Parse(c).Errors.Select(e => $"{string.Join(' ', c)}: {e.Message}")).ShouldBeEmpty();
        var targets = DocumentRules.Targets(Repository.Text("Makefile")).ToHashSet();
        Runs(path).SelectMany(r => Make().Matches(r)).Select(m => m.Groups["target"].Value).Where(t => !targets.Contains(t)).ShouldBeEmpty();
        Runs(path).SelectMany(r => Script().Matches(r)).Select(m => m.Value).Where(s => !Repository.Exists(s)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_job_may_no_more_than_it_must_and_ends_by_itself(string path)
    {
        var workflow = YamlText.Read(path);
        workflow.Map("permissions").ShouldBe(new Dictionary<object, object> { ["contents"] = "read" });
        workflow.Map("jobs").Values.Cast<Dictionary<object, object>>().ShouldAllBe(j => j.ContainsKey("timeout-minutes"));
    }

    private static IEnumerable<Dictionary<object, object>> Steps(string path) =>
        YamlText.Read(path).Map("jobs").Values.Cast<Dictionary<object, object>>().SelectMany(j => (List<object>)j["steps"]).Cast<Dictionary<object, object>>();

    private static IEnumerable<string> Runs(string path) => Steps(path).Where(s => s.ContainsKey("run")).Select(s => s.Text("run"));

    private static string[] Words(string arguments) =>
        [
            .. Values
                .OrderByDescending(v => v.Key.Length)
                .Aggregate(arguments, (text, v) => text.Replace(v.Key, v.Value))
                .Replace("\"", "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];

    [GeneratedRegex(@"(deploy/assay\.sh|docker exec assay-hub assay) (?<arguments>[^\n|&]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\bmake (?<target>[a-z][a-z-]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Make();

    [GeneratedRegex(@"\b(deploy|eng)/[a-z]+\.sh", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Script();
}
