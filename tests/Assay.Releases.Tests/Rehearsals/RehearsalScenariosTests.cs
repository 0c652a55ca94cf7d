using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Rehearsals;

namespace Assay.Releases.Tests.Rehearsals;

public sealed class RehearsalScenariosTests
{
    private static CanaryPlan Plan =>
        CanaryPlanReading.Of(ReleaseCatalog.Parse(RehearsalStage.ReleaseFile(new Uri("http://127.0.0.1:5081"), 200_000_000), "r.yaml"), RehearsalStage.Version);

    [Fact]
    public void There_are_the_six_that_the_runbook_has()
    {
        var names = RehearsalScenarios.All.Select(s => s.Name).ToList();
        names.ShouldBe(["canary_failure", "error_spike", "latency_degradation", "health_check_failure", "memory_leak", "dependency_failure"]);
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assay.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        foreach (var language in (string[])["en", "ru"])
        {
            var runbook = File.ReadAllText(Path.Combine(folder, "docs", "runbooks", language, "rollback.md"));
            names.ShouldAllBe(n => runbook.Contains($"\n## {n}\n"));
        }
    }

    [Fact]
    public void Each_is_to_be_found_by_something_that_the_stage_watches_and_that_rolls_back()
    {
        var watched = Plan.Metrics.Where(m => m.Role != CanaryRole.Info).Select(m => m.Name).ToList();
        RehearsalScenarios.All.SelectMany(s => s.FoundBy).Distinct().ShouldBeSubsetOf(watched);
        RehearsalScenarios.All.ShouldAllBe(s => s.FoundBy.Count > 0 && s.Budget.Restore >= s.Budget.Detect && s.Fault.Flag == RehearsalStage.Flag);
    }

    [Fact]
    public void The_release_of_a_stage_can_be_used_and_never_gives_the_candidate_everything_by_itself()
    {
        Plan.Release.ShouldBe(RehearsalStage.Release);
        Plan.Steps.ShouldBe([25, 50, 100]);
        Plan.File.Approvals.ShouldBe(1);
        Plan.File.Split.Flag.ShouldBe(RehearsalStage.Flag);
    }

    [Fact]
    public void A_slowness_is_rehearsed_that_no_limit_would_see()
    {
        var latency = Plan.Metrics.Single(m => m.Name == RehearsalStage.Latency);
        var fault = RehearsalScenarios.Named(["latency_degradation"]).Single().Fault;
        ((double)fault.Ms).ShouldBeInRange(latency.Margin.Absolute * 2, latency.Limit!.Value - 1);
    }

    [Fact]
    public void Those_that_are_named_come_in_their_own_order_and_an_unknown_one_is_told_with_all_that_are_known()
    {
        RehearsalScenarios.Named(["memory_leak", "error_spike", "memory_leak"]).Select(s => s.Name).ShouldBe(["error_spike", "memory_leak"]);
        RehearsalScenarios.Named([]).ShouldBe(RehearsalScenarios.All);
        var error = Should.Throw<AssayException>(() => RehearsalScenarios.Named(["error_spike", "meteor\n"]));
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        error.Message.ShouldBe("There is no scenario 'meteor'.");
        error.Fix.ShouldContain("dependency_failure");
    }
}
