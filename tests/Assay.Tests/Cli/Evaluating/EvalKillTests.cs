namespace Assay.Tests.Cli.Evaluating;

/// <summary>The real command, killed at random moments; <c>bench/run.sh eval</c> does the same a hundred times.</summary>
public sealed class EvalKillTests
{
    private const int Seed = 20_265;
    private const int Cases = 120;

    [Fact]
    public async Task A_killed_run_goes_on_without_losing_a_case_and_pays_twice_at_most_what_was_in_flight()
    {
        using var place = new CliPlace { Variables = { ["OPENAI_API_KEY"] = "stub-key" } };
        await using var stub = await StubModel.StartAsync(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        var runs = new KilledRuns(stub, place.Start, place.Path, Cases);
        await runs.PrepareAsync();
        var random = new Random(Seed);
        foreach (var kills in (int[])[1, 3, 1])
        {
            var round = await runs.RoundAsync(kills, random);
            round.PaidTwice.Count.ShouldBe(kills);
            round.PaidTwice.ShouldAllBe(calls => calls <= KilledRuns.Concurrency, $"killed after {string.Join(", ", round.AtCalls)} calls");
            round.HasSameReport.ShouldBeTrue($"killed after {string.Join(", ", round.AtCalls)} calls");
        }
    }
}
