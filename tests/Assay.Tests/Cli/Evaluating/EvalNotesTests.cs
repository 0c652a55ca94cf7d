using Assay.Cli.Evaluating;
using Assay.Evaluation.Benchmarks;
using Assay.Prices;

namespace Assay.Tests.Cli.Evaluating;

public sealed class EvalNotesTests
{
    private static readonly RunEstimate Estimate = new(30, 12_000, 9_000, Money.OfDollars(0.25m), []);

    [Fact]
    public void What_every_prompt_bounds_is_told_as_the_most() =>
        EvalNotes.Sentence(Estimate).ShouldBe("About 30 calls, 12,000 input and at most 9,000 output tokens, at most $0.25.");

    [Fact]
    public void What_some_prompt_does_not_bound_is_told_as_about_so_much() =>
        EvalNotes.Sentence(Estimate with { OutputIsBounded = false }).ShouldBe("About 30 calls, 12,000 input and about 9,000 output tokens, about $0.25.");
}
