namespace Assay.Server.Tests.Rehearsals;

/// <summary>Candidates that go wrong before or without failing questions: slow, not ready, growing; real processes, the real controller.</summary>
public sealed class RehearsedSlownessTests
{
    [Fact]
    public async Task A_slow_candidate_is_found_by_its_P95_and_a_person_says_when_and_what_was_learned()
    {
        using var place = new Rehearsed();
        var finished = await place.RunAsync("latency_degradation", "\n\nNobody had looked at P95.\nThe flag is quicker.\n\n", ["--interactive"]);
        var result = Rehearsed.ResultOf(finished.ShouldEndWith(ExitCode.Pass));
        Rehearsed.ShouldBeFoundAndRestored(result, "latency p95");
        result.GetProperty("looks_before").GetInt32().ShouldBePositive();
        result.GetProperty("lessons").EnumerateArray().Select(l => l.GetString()).ShouldBe(["Nobody had looked at P95.", "The flag is quicker."]);
        finished.Error.ShouldContain("Press Enter to bring it");
        finished.Error.ShouldContain("What did you learn?");
        finished.Error.Split('\n').ShouldAllBe(line => !line.StartsWith("- It was found") || line.TrimEnd().Length <= 80);
    }

    [Fact]
    public async Task A_candidate_that_is_not_ready_is_found_by_its_probe()
    {
        using var place = new Rehearsed();
        var result = Rehearsed.ResultOf((await place.RunAsync("health_check_failure")).ShouldEndWith(ExitCode.Pass));
        Rehearsed.ShouldBeFoundAndRestored(result, "ready");
        result.GetProperty("looks_before").GetInt32().ShouldBePositive();
    }

    [Fact]
    public async Task A_leak_is_found_by_its_probe_or_at_the_latest_by_errors()
    {
        using var place = new Rehearsed();
        var result = Rehearsed.ResultOf((await place.RunAsync("memory_leak")).ShouldEndWith(ExitCode.Pass));
        Rehearsed.ShouldBeFoundAndRestored(result, "memory", "errors");
        result.GetProperty("looks_before").GetInt32().ShouldBePositive();
        result.GetProperty("facts").EnumerateArray().Select(f => f.GetString()!).ShouldContain(f => f.Contains("when the rollback was decided"));
    }
}
