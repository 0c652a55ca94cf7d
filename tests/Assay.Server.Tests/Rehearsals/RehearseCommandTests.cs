using Assay.Cli;
using Assay.Cli.Rehearsing;
using Assay.Embedded.Folders;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Rehearsals;
using Assay.Server.Tests.Cli;
using Assay.Server.Tests.Samples;

namespace Assay.Server.Tests.Rehearsals;

/// <summary>The command around rehearsals: what it lists and refuses, and that nothing is left when it is stopped.</summary>
public sealed class RehearseCommandTests
{
    [Fact]
    public async Task The_list_tells_each_scenario_within_80_columns_and_rehearses_nothing()
    {
        var list = (await DataPlace.CallAsync("release", "rehearse", "--list")).ShouldEndWith(ExitCode.Pass);
        list.Out.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 80);
        foreach (var scenario in RehearsalScenarios.All)
        {
            list.Out.ShouldContain(scenario.Name);
        }

        var one = (await DataPlace.CallAsync("release", "rehearse", "--list", "--scenario", "memory_leak", "--budget-detect", "30", "--json")).Json();
        var listed = one.GetProperty("scenarios").EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("detect_seconds").GetDouble(), listed.GetProperty("restore_seconds").GetDouble()).ShouldBe((30, 30));
    }

    [Fact]
    public void The_table_shows_the_slowest_of_many_within_80_columns()
    {
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        var results = RehearsalScenarios
            .All.SelectMany(s => Enumerable.Range(1, 20).Select(i => Made(s.Name, i, detect: i == 7 ? 3_599.9 : 3)))
            .Append(Made("memory_leak", 21, detect: null))
            .ToList();
        var lines = RehearsalTable.Of(RehearsalReport.Of("1.9.0", at, results)).ToList();
        lines.ShouldAllBe(l => l.Length <= 80);
        lines.ShouldContain("error_spike           19/20    3599.9 s    4.0 s    15 / 20 s  errors, latency …");
        lines.Single(l => l.StartsWith("memory_leak", StringComparison.Ordinal)).ShouldStartWith("memory_leak           19/21           -        -");
        lines[^1].ShouldBe("114 of 121 rehearsals kept their budget; of several times the slowest is shown.");

        RehearsalResult Made(string scenario, int time, double? detect) =>
            new(scenario, time, at, detect < 15 ? Verdict.Pass : Verdict.Fail, "Nobody found it: the candidate keeps its traffic after more than 15.0 s.")
            {
                DetectSeconds = detect,
                RestoreSeconds = detect is null ? null : 4,
                BudgetDetectSeconds = 15,
                BudgetRestoreSeconds = 20,
                FoundBy = [new("errors", MetricBreak.Comparison), new("latency p95", MetricBreak.Comparison)],
            };
    }

    [Theory]
    [InlineData("There is no scenario 'meteor'", "--scenario", "meteor")]
    [InlineData("--times 0 is out of range", "--times", "0")]
    [InlineData("--times 101 is out of range", "--times", "101")]
    [InlineData("--budget-detect 0 is out of range", "--budget-detect", "0")]
    [InlineData("--budget-restore 3601 is out of range", "--budget-restore", "3601")]
    [InlineData("There is no sample service", "--service", "nowhere/RagService")]
    public async Task What_cannot_be_rehearsed_is_refused_before_anything_is_started(string problem, string option, string value)
    {
        var refused = (await DataPlace.CallAsync("release", "rehearse", option, value)).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain(problem);
        refused.Error.ShouldContain("fix: ");
    }

    [Fact]
    public async Task Without_a_place_for_the_record_nothing_is_rehearsed()
    {
        using var place = new Rehearsed();
        var refused = await place.RunAsync("error_spike", "--record", "--data", Path.Combine(place.Folder, "none"));
        refused.ShouldEndWith(ExitCode.Infrastructure).Error.ShouldContain("There is no data folder");
        refused.Error.ShouldNotContain("are started");
    }

    [Fact]
    public async Task A_program_that_is_no_sample_service_is_told_with_what_it_said()
    {
        using var place = new Rehearsed();
        // A program that ends at once, since it does not know what it is asked for.
        var other = typeof(CommandLine).Assembly.Location;
        var refused = await DataPlace.CallAsync("release", "rehearse", "--scenario", "error_spike", "--service", other, "--out", place.Output);
        refused.ShouldEndWith(ExitCode.Infrastructure).Error.ShouldContain("The sample service of the rehearsal ended before it was ready");
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_leaves_no_process()
    {
        await using var error = new Said();
        var surroundings = new CommandSurroundings(TextWriter.Null, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false);
        var order = new RehearsalOrder(RehearsalScenarios.Named(["error_spike"]), Times: 1, Rehearsed.Service) { Keeps = true };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var rehearsing = new RehearsalSession(order, surroundings).RunAsync(_ => Task.CompletedTask, stop.Token);
        await StartedRagService.UntilAsync(() => error.Text.Contains("users ask") || rehearsing.IsCompleted, () => error.Text);
        var stage = error.Text.Split("keep what they do in ")[1].Split('\n')[0].Trim();
        DataFolder.FindHolder(Path.Combine(stage, "hub")).ShouldNotBeNull();

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => rehearsing);
        DataFolder.FindHolder(Path.Combine(stage, "hub")).ShouldBeNull();
        Directory.Delete(stage, recursive: true);
    }
}
