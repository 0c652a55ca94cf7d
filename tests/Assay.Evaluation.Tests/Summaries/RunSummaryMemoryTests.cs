using Assay.Evaluation.Summaries;

namespace Assay.Evaluation.Tests.Summaries;

/// <summary>Tests that measure the memory of the process: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(AloneInProcess), DisableParallelization = true)]
public sealed class AloneInProcess;

[Collection(nameof(AloneInProcess))]
public sealed class RunSummaryMemoryTests
{
    [Fact]
    public void A_hundred_thousand_cases_take_a_few_megabytes()
    {
        var made = new MadeRun("judge") { Unasked = 99_999 }.Case("c", 0.5);
        var (plan, one) = (made.Plan, made.Outcomes[0]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var summary = RunSummary.Of(plan, Enumerable.Range(0, 100_000).Select(i => one with { Index = i }));
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        summary.Metrics[0].N.ShouldBe(100_000);
        held.ShouldBeLessThan(15_000_000);
    }
}
