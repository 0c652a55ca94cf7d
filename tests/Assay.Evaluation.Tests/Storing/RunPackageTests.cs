using Assay.Evaluation.Gates;
using Assay.Evaluation.Storing;
using Assay.Evaluation.Tests.Gates;

namespace Assay.Evaluation.Tests.Storing;

public sealed class RunPackageTests
{
    private static readonly GateEntry Gate = new() { Metric = "judge", AtLeast = 0.7 };

    [Fact]
    public async Task A_run_arrives_as_it_was_sent()
    {
        var run = new MadeRun("judge").Cases(MeanGateTests.Spread(0.9, 60)).Fault();
        var (head, cases) = await ThereAndBackAsync(run);
        head.Report.Verdict.ShouldBe(Verdict.Pass);
        head.Report.Metrics[0].Mean.ShouldBe(run.Summary.Metrics[0].Average);
        cases.Count.ShouldBe(61);
        var back = cases.Select(c => c.ToOutcome(run.Metrics)).ToList();
        back.Select(o => (o.Index, o.Repeat, o.Case.Id, o.Answer?.Text, o.TargetFault))
            .ShouldBe(run.Outcomes.Select(o => (o.Index, o.Repeat, o.Case.Id, o.Answer?.Text, o.TargetFault)));
        back.SelectMany(o => o.Measurements).ShouldBe(run.Outcomes.SelectMany(o => o.Measurements));
    }

    [Fact]
    public async Task The_worst_cases_are_those_without_an_answer_then_those_that_scored_least()
    {
        var run = new MadeRun("judge").Cases(Enumerable.Range(0, 50).Select(i => i / 50.0).Reverse()).Fault();
        var worst = new WorstFold(Head(run));
        await foreach (var one in worst.WatchAsync(Lines(run).ToAsyncEnumerable(), TestContext.Current.CancellationToken))
        {
            one.ShouldNotBeNull();
        }

        worst.Found().Select(c => c.Index).ShouldBe([50, .. Enumerable.Range(31, 19).Reverse()]);
    }

    private static RunHead Head(MadeRun run) => RunHead.Of(RunVerdict.Of(run.Summary, [Gate]));

    private static IEnumerable<StoredCase> Lines(MadeRun run) => run.Outcomes.Select(o => StoredCase.Of(o, run.Metrics));

    private static async Task<(RunHead Head, List<StoredCase> Cases)> ThereAndBackAsync(MadeRun run)
    {
        using var packed = new MemoryStream();
        await RunPackage.WriteAsync(packed, Head(run), Lines(run), TestContext.Current.CancellationToken);
        packed.Position = 0;
        return await RunPackage.ReadAsync(packed, async (head, cases) => (head, await cases.ToListAsync()), TestContext.Current.CancellationToken);
    }
}
