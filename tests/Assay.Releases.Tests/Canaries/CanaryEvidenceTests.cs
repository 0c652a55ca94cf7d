using Assay.Releases.Canaries;
using Assay.Releases.Ledger;

namespace Assay.Releases.Tests.Canaries;

public sealed class CanaryEvidenceTests
{
    private static readonly CanaryPlan Plan = MadeCanary.Plan();

    [Fact]
    public void A_canary_that_was_proven_at_every_step_passes_with_the_figures_of_its_last_look()
    {
        var ended = EvidenceOf(Promoted(CanaryDecider.Decide(Plan, LastStep(), MadeCanary.Healthy(Plan), MadeCanary.Late(Plan, step: 1)).Next));
        ended
            .Select(e => e.Metric)
            .ShouldBe(["canary shop", "canary shop errors", "canary shop latency", "canary shop quality"], "what is only told proves nothing");
        ended[0].Verdict.ShouldBe(Verdict.Pass);
        ended[0].Subject.Commit.ShouldBe("abc1234");
        ended[0].N.ShouldBe(20_000);
        var errors = ended[1];
        errors.Verdict.ShouldBe(Verdict.Pass);
        errors.Estimate.ShouldBe(0);
        errors.Interval.ShouldNotBeNull().High.ShouldNotBeNull().ShouldBeLessThan(0.01);
        errors.Threshold.ShouldBe(new Threshold(ThresholdSide.AtMost, 0.01));
        ended[3].Threshold.ShouldNotBeNull().Side.ShouldBe(ThresholdSide.AtLeast);
        ended.ShouldAllBe(e => e.At == MadeCanary.Noon.AddHours(2) && !e.IsSmoke);
    }

    [Fact]
    public void A_step_that_was_left_by_order_is_not_proven_even_when_the_next_one_is()
    {
        var few = MadeCanary.Healthy(Plan, canary: 100);
        var ordered = CanaryDecider.Promote(Plan, MadeCanary.OnStep(Plan), few, MadeCanary.Late(Plan), "ann", "it looks well").Next;
        var second = CanaryDecider.Confirm(Plan, ordered, MadeCanary.Noon.AddHours(1));
        var ended = EvidenceOf(Promoted(CanaryDecider.Decide(Plan, second, MadeCanary.Healthy(Plan), MadeCanary.Late(Plan, step: 1)).Next));
        ended[0].Verdict.ShouldBe(Verdict.Inconclusive);
        ended[0].Reason.ShouldBe("Promoted by order: at 1 of 2 steps the proof was waived.");
    }

    [Fact]
    public void A_canary_that_was_rolled_back_fails_with_its_reason()
    {
        var bad = MadeCanary.Healthy(Plan, 2_000, (m, r) => m.Name == "errors" ? MadeCanary.Rate("errors", 38_000, 190, 2_000, 200) : r);
        var decided = CanaryDecider.Decide(Plan, LastStep(), bad, MadeCanary.Late(Plan, step: 1)).Next;
        var ended = EvidenceOf(CanaryDecider.Confirm(Plan, decided, MadeCanary.Noon.AddHours(2)));
        ended[0].Verdict.ShouldBe(Verdict.Fail);
        ended[0].Reason.ShouldStartWith("Rolled back. errors:");
        ended[1].Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void A_canary_that_began_without_an_open_gate_says_so()
    {
        var state = LastStep() with { Forced = "the benchmark is down" };
        var ended = EvidenceOf(Promoted(CanaryDecider.Decide(Plan, state, MadeCanary.Healthy(Plan), MadeCanary.Late(Plan, step: 1)).Next));
        ended[0].Reason.ShouldEndWith("It began without an open gate: the benchmark is down");
    }

    [Fact]
    public void Told_twice_it_has_the_same_key()
    {
        var state = CanaryDecider.RollBack(LastStep(), "ann", "no sources", MadeCanary.Noon);
        string[] Keys() => [.. CanaryDecider.Confirm(Plan, state, MadeCanary.Noon).Notes.Select(n => n.Key)];
        Keys().ShouldBe(Keys());
        Keys().Distinct().Count().ShouldBe(Keys().Length);
    }

    private static CanaryState LastStep() => MadeCanary.OnStep(Plan, step: 1);

    private static CanaryState Promoted(CanaryState decided)
    {
        var state = CanaryDecider.Confirm(Plan, decided, MadeCanary.Noon.AddHours(2));
        state.Phase.ShouldBe(CanaryPhase.Promoted);
        return state;
    }

    private static List<Evidence> EvidenceOf(CanaryState ended) =>
        [.. ended.Notes.Where(n => n.Kind == LedgerKind.Evidence).Select(n => Evidence.Parse(n.Evidence!))];
}
