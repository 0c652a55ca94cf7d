using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Ledger;

namespace Assay.Releases.Tests.Canaries;

public sealed class CanaryDeciderTests
{
    private static readonly CanaryPlan Plan = MadeCanary.Plan();

    [Fact]
    public void A_proven_step_leads_to_the_next_and_the_last_to_all_traffic()
    {
        var first = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), MadeCanary.Healthy(Plan), MadeCanary.Late(Plan));
        first.Action.ShouldBe(CanaryAction.Advance, first.Reason);
        first.Verdict.ShouldBe(Verdict.Pass);
        first.Next.Move.ShouldNotBeNull().Percent.ShouldBe(25);
        first.Next.Percent.ShouldBe(5, "traffic is told as it was last confirmed");
        var second = CanaryDecider.Confirm(Plan, first.Next, MadeCanary.Noon.AddHours(1));
        (second.Step, second.Percent, second.Look, second.OnStep).ShouldBe((1, 25m, 0, TimeSpan.Zero));
        var last = CanaryDecider.Decide(Plan, second, MadeCanary.Healthy(Plan), MadeCanary.Late(Plan));
        last.Action.ShouldBe(CanaryAction.Promote);
        var promoted = CanaryDecider.Confirm(Plan, last.Next, MadeCanary.Noon.AddHours(2));
        promoted.Phase.ShouldBe(CanaryPhase.Promoted);
        promoted
            .Notes.Select(n => n.Kind)
            .Where(k => k != LedgerKind.Evidence)
            .ShouldBe([LedgerKind.Look, LedgerKind.Step, LedgerKind.Look, LedgerKind.Promoted]);
    }

    [Fact]
    public void The_least_time_and_the_least_requests_are_waited_for()
    {
        var early = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), MadeCanary.Healthy(Plan), new CanaryMoment(MadeCanary.Noon, TimeSpan.FromMinutes(3)));
        early.Action.ShouldBe(CanaryAction.Hold);
        early.Reason.ShouldContain("2m are left");
        var few = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), MadeCanary.Healthy(Plan) with { Canary = 199 }, MadeCanary.Late(Plan));
        few.Action.ShouldBe(CanaryAction.Hold);
        few.Reason.ShouldContain("199 requests; the step needs 200");
    }

    [Fact]
    public void A_broken_metric_takes_all_traffic_away()
    {
        var reading = MadeCanary.Healthy(Plan, 2_000, (m, r) => m.Name == "errors" ? MadeCanary.Rate("errors", 38_000, 190, 2_000, 60) : r);
        var decision = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), reading, MadeCanary.Late(Plan));
        decision.Action.ShouldBe(CanaryAction.RollBack, decision.Reason);
        decision.Next.Phase.ShouldBe(CanaryPhase.RollingBack);
        decision.Next.Move.ShouldNotBeNull().Percent.ShouldBe(0);
        decision.Reason.ShouldContain("errors: Proven worse than control");
        var ended = CanaryDecider.Confirm(Plan, decision.Next, MadeCanary.Noon);
        (ended.Phase, ended.Percent).ShouldBe((CanaryPhase.RolledBack, 0m));
        CanaryDecider.Decide(Plan, ended, MadeCanary.Healthy(Plan), MadeCanary.Late(Plan)).Next.ShouldBe(ended, "nothing comes after a rollback");
        Should.Throw<AssayException>(() => CanaryDecider.Promote(Plan, ended, MadeCanary.Healthy(Plan), MadeCanary.Late(Plan), "ann", "r"));
    }

    [Theory]
    [InlineData("errors")]
    [InlineData("latency")]
    [InlineData("quality")]
    public void A_required_metric_that_is_missing_holds_and_after_the_longest_hold_rolls_back(string missing)
    {
        var reading = MadeCanary.Healthy(Plan, change: (m, r) => m.Name == missing ? new MetricReading(m.Name, null, null) { Missing = "no such series" } : r);
        var state = MadeCanary.OnStep(Plan);
        var looks = 0;
        CanaryDecision decision;
        do
        {
            decision = CanaryDecider.Decide(Plan, state, reading, new CanaryMoment(MadeCanary.Noon, TimeSpan.FromMinutes(1)));
            (state, looks) = (decision.Next, looks + 1);
        } while (decision.Action == CanaryAction.Hold && looks < 100);
        decision.Action.ShouldBe(CanaryAction.RollBack);
        looks.ShouldBe(60);
        decision.Reason.ShouldContain("not decided within 1h");
        decision.Reason.ShouldContain("no such series");
    }

    [Fact]
    public void A_metric_that_is_only_told_neither_holds_nor_breaks()
    {
        var reading = MadeCanary.Healthy(Plan, change: (m, r) => m.Name == "spans" ? MadeCanary.Rate("spans", 380_000, 100, 20_000, 19_000) : r);
        var decision = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), reading, MadeCanary.Late(Plan));
        decision.Action.ShouldBe(CanaryAction.Advance, decision.Reason);
    }

    [Fact]
    public void One_bad_reading_at_the_deadline_does_not_end_a_canary()
    {
        var late = MadeCanary.OnStep(Plan) with { OnStep = TimeSpan.FromHours(2), Undecided = 0 };
        var blind = CanaryReading.Failed(Plan, "the server is away");
        var first = CanaryDecider.Decide(Plan, late, blind, new CanaryMoment(MadeCanary.Noon, TimeSpan.FromMinutes(1)));
        first.Action.ShouldBe(CanaryAction.Hold);
        first.Verdict.ShouldBe(Verdict.NoData);
        var seen = CanaryDecider.Decide(Plan, first.Next, MadeCanary.Healthy(Plan), new CanaryMoment(MadeCanary.Noon, TimeSpan.FromMinutes(1)));
        seen.Action.ShouldBe(CanaryAction.Advance);
    }

    [Fact]
    public void The_last_step_waits_for_people_and_never_rolls_back_for_them()
    {
        var plan = MadeCanary.Plan(MadeCanary.Yaml.Replace("longestHold: 1h", "longestHold: 1h\n  approvals: 2"));
        var state = MadeCanary.OnStep(plan, step: 1);
        for (var i = 0; i < 200; i++)
        {
            var held = CanaryDecider.Decide(plan, state, MadeCanary.Healthy(plan), MadeCanary.Late(plan, approvals: 1));
            held.Action.ShouldBe(CanaryAction.Hold);
            held.Verdict.ShouldBe(Verdict.Pass);
            held.Reason.ShouldContain("1 more approval");
            state = held.Next with { Notes = [] };
        }

        Should
            .Throw<AssayException>(() => CanaryDecider.Promote(plan, state, MadeCanary.Healthy(plan), MadeCanary.Late(plan, 1), "ann", "now"))
            .Message.ShouldContain("approvals");
        CanaryDecider.Decide(plan, state, MadeCanary.Healthy(plan), MadeCanary.Late(plan, approvals: 2)).Action.ShouldBe(CanaryAction.Promote);
    }

    [Fact]
    public void A_person_may_waive_proof_and_time_but_not_data()
    {
        var few = MadeCanary.Healthy(Plan, 300);
        var state = MadeCanary.OnStep(Plan);
        var moment = new CanaryMoment(MadeCanary.Noon, TimeSpan.FromSeconds(5));
        CanaryDecider.Decide(Plan, state, few, moment).Action.ShouldBe(CanaryAction.Hold);
        var promoted = CanaryDecider.Promote(Plan, state, few, moment, "ann", "it is night");
        promoted.Action.ShouldBe(CanaryAction.Advance);
        promoted.Next.Move.ShouldNotBeNull().Actor.ShouldBe("ann");
        promoted.Reason.ShouldBe("Promoted by ann: it is night");
        var blind = MadeCanary.Healthy(Plan, 300, (m, r) => m.Name == "latency" ? new MetricReading(m.Name, null, null) { Error = "it is text" } : r);
        Should.Throw<AssayException>(() => CanaryDecider.Promote(Plan, state, blind, moment, "ann", "r")).Message.ShouldContain("'latency' is missing");
    }

    [Fact]
    public void Traffic_that_somebody_took_away_is_not_given_back()
    {
        var decision = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), MadeCanary.Healthy(Plan), MadeCanary.Late(Plan) with { Traffic = 0 });
        decision.Action.ShouldBe(CanaryAction.Hold);
        decision.Reason.ShouldContain("The split reads 0 %, not the 5 % of this step");
    }

    [Fact]
    public void A_decision_says_figures_interval_method_and_what_is_missing()
    {
        var decision = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), MadeCanary.Healthy(Plan, 1_000), MadeCanary.Late(Plan));
        var errors = decision.Judgements.Of("errors");
        errors.Verdict.ShouldBe(MetricVerdict.Inconclusive, errors.Reason);
        errors.Reason.ShouldContain("Canary 0.5 % of 1,000, control 0.5 % of 19,000");
        errors.Reason.ShouldContain("points; exact any-look test");
        errors.Reason.ShouldContain("1.00 points more is accepted");
        errors.Reason.ShouldMatch("About [0-9,]+ requests more of the canary would prove it");
        errors.Reason.ShouldContain("is found with a chance of 80 %");
        errors.Low.ShouldNotBeNull().ShouldBeLessThan(0);
        errors.High.ShouldNotBeNull().ShouldBeGreaterThan(0);
        errors.More.ShouldNotBeNull().ShouldBeInRange(200, 20_000);
    }
}
