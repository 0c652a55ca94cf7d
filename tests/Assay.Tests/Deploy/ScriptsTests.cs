using System.Text.RegularExpressions;
using Assay.Tests.Tidy;

namespace Assay.Tests.Deploy;

/// <summary>The scripts of a deployment, and the targets that call them.</summary>
public sealed partial class ScriptsTests
{
    // What the specification names, and what each does.
    private static readonly Dictionary<string, string> Targets = new()
    {
        ["docker-build"] = "deploy/images.sh build",
        ["docker-push"] = "deploy/images.sh push",
        ["deploy-staging"] = "deploy/deploy.sh staging",
        ["deploy-canary"] = "deploy/deploy.sh canary",
        ["deploy-prod"] = "deploy/deploy.sh production",
        ["rollback"] = "deploy/deploy.sh rollback",
        ["canary-health"] = "canary check",
        ["rehearse-rollback"] = "release rehearse",
        ["deploy-status"] = "deploy/deploy.sh status",
        ["deploy-history"] = "deploy/deploy.sh history",
    };

    [Fact]
    public async Task Every_script_passes_the_linter() =>
        (
            await ShellLint.FilesAsync(
                Repository.Under("deploy/", ".sh").Where(f => !f.StartsWith("deploy/steps/")).Append("deploy/image/assay").Append("samples/release/demo.sh")
            )
        ).ShouldBe("");

    [Fact]
    public async Task The_linter_sees_what_is_wrong() => (await ShellLint.TextAsync("rm -rf $1/*")).ShouldContain("SC2086");

    [Fact]
    public void Every_step_is_read_by_the_script_that_needs_it()
    {
        var script = Repository.Text("deploy/deploy.sh");
        string[] runners = ["compose", "process"];
        var steps = Repository.Under("deploy/steps/", ".sh").Select(f => Path.GetFileNameWithoutExtension(f)).ToList();
        steps.Except(runners).Where(s => !script.Contains($"/steps/{s}.sh")).ShouldBeEmpty();
        Sourced().Matches(script).Select(m => m.Groups["name"].Value).Except(steps).ShouldBeEmpty();
    }

    [Fact]
    public void Both_runners_know_how_to_do_the_same()
    {
        var (compose, process) = (Functions("deploy/steps/compose.sh"), Functions("deploy/steps/process.sh"));
        string[] needed = ["runnable", "slot_version", "slot_start", "slot_stop", "slot_said", "proxy_start", "proxy_reload", "proxy_workers", "hub_start"];
        needed.Except(compose).ShouldBeEmpty();
        needed.Except(process).ShouldBeEmpty();
    }

    [Fact]
    public void Every_target_that_the_specification_names_is_there_and_explained()
    {
        var makefile = Repository.Text("Makefile");
        foreach (var (target, does) in Targets)
        {
            var rule = Regex.Match(
                makefile,
                $@"^{target}: +## (?<help>.+)\n\t@(?<recipe>[^\n]+)\n(\n|$)",
                RegexOptions.Multiline | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            );
            rule.Success.ShouldBeTrue($"{target} is one line with a text for make help");
            rule.Groups["recipe"].Value.ShouldContain(does);
        }
    }

    private static List<string> Functions(string path) => [.. Function().Matches(Repository.Text(path)).Select(m => m.Groups["name"].Value)];

    [GeneratedRegex(@"/steps/(?<name>[a-z]+)\.sh", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sourced();

    [GeneratedRegex(@"^(?<name>[a-z_]+)\(\) \{", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Function();
}
