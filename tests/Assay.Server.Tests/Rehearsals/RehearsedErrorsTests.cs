using Assay.Embedded.Folders;

namespace Assay.Server.Tests.Rehearsals;

/// <summary>Candidates whose questions fail, found by their errors; real processes, the real controller.</summary>
public sealed class RehearsedErrorsTests
{
    [Fact]
    public async Task A_candidate_that_is_broken_from_the_first_question_is_a_gross_failure_and_over_its_budget_the_command_fails()
    {
        using var place = new Rehearsed();
        var finished = (await place.RunAsync("canary_failure", "--budget-detect", "0.001")).ShouldEndWith(ExitCode.Fail);
        var result = Rehearsed.ResultOf(finished);
        Rehearsed.ShouldBeFoundAndRestored(result, "errors");
        result.GetProperty("found_by")[0].GetProperty("by").GetString().ShouldBe("gross_failure");
        result.GetProperty("verdict").GetString().ShouldBe("fail");
        result.GetProperty("reason").GetString()!.ShouldContain("too late");
        finished.Error.ShouldContain("canary_failure: FAIL.");
    }

    [Fact]
    public async Task A_share_of_failing_questions_is_found_by_comparison_and_written_into_the_ledger()
    {
        await using var hub = await RunningHub.StartAsync();
        using var place = new Rehearsed();
        var finished = await place.RunAsync("error_spike", "--record", "--data", hub.Folder, "--lesson", "Tell support first.", "--keep");
        var result = Rehearsed.ResultOf(finished.ShouldEndWith(ExitCode.Pass));
        Rehearsed.ShouldBeFoundAndRestored(result, "errors");
        result.GetProperty("looks_before").GetInt32().ShouldBePositive();
        result.GetProperty("lessons")[0].GetString().ShouldBe("Tell support first.");
        (await File.ReadAllTextAsync(Path.Combine(place.Output, "rehearsals.json"), TestContext.Current.CancellationToken)).ShouldBe(finished.Out);
        (await File.ReadAllTextAsync(Path.Combine(place.Output, "rehearsals.md"), TestContext.Current.CancellationToken)).ShouldContain(
            "- Tell support first."
        );

        var stage = finished.Error.Split("keep what they do in ")[1].Split('\n')[0].Trim();
        Directory.Exists(Path.Combine(stage, "hub")).ShouldBeTrue();
        DataFolder.FindHolder(Path.Combine(stage, "hub")).ShouldBeNull("the hub of the stage has ended");
        Directory.Delete(stage, recursive: true);

        var link = (await Answered.GetAsync(hub.Client, "/api/v1/releases/rag_plus_plus@rehearsal/ledger"))
            .Json.GetProperty("links")
            .EnumerateArray()
            .ShouldHaveSingleItem();
        link.GetProperty("kind").GetString().ShouldBe("rehearsal");
        link.GetProperty("body").GetProperty("scenario").GetString().ShouldBe("error_spike");
        link.GetProperty("body").GetProperty("budget_seconds").GetDouble().ShouldBe(150);
        var page = await hub.Client.GetStringAsync("/releases/rag_plus_plus@rehearsal", TestContext.Current.CancellationToken);
        page.ShouldContain("error_spike");
    }

    [Fact]
    public async Task A_dependency_that_is_away_is_found_by_its_errors_or_its_slowness()
    {
        using var place = new Rehearsed();
        var result = Rehearsed.ResultOf((await place.RunAsync("dependency_failure")).ShouldEndWith(ExitCode.Pass));
        Rehearsed.ShouldBeFoundAndRestored(result, "errors", "latency p95");
        result.GetProperty("looks_before").GetInt32().ShouldBePositive();
    }
}
