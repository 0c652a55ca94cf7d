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
        var last = CanaryDecider.Decide(Plan, second, MadeCanary.Healthy(Plan), MadeCanary.Late(Plan, step: 1));
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
        var early = CanaryDecider.Decide(Plan, MadeCanary.OnStep(Plan), MadeCanary.Healthy(Plan), MadeCanary.After(Plan, TimeSpan.FromMinutes(3)));
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
            decision = CanaryDecider.Decide(Plan, state, reading, MadeCanary.After(Plan, TimeSpan.FromMinutes(1)));
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
        var first = CanaryDecider.Decide(Plan, late, blind, MadeCanary.After(Plan, TimeSpan.FromMinutes(1)));
        first.Action.ShouldBe(CanaryAction.Hold);
        first.Verdict.ShouldBe(Verdict.NoData);
        var seen = CanaryDecider.Decide(Plan, first.Next, MadeCanary.Healthy(Plan), MadeCanary.After(Plan, TimeSpan.FromMinutes(1)));
        seen.Action.ShouldBe(CanaryAction.Advance);
    }

    [Fact]
    public void The_last_step_waits_for_people_and_never_rolls_back_for_them()
    {
        var plan = MadeCanary.Plan(MadeCanary.Yaml.Replace("longestHold: 1h", "longestHold: 1h\n  approvals: 2"));
        var state = MadeCanary.OnStep(plan, step: 1);
        for (var i = 0; i < 200; i++)
        {
            var held = CanaryDecider.Decide(plan, state, MadeCanary.Healthy(plan), MadeCanary.Late(plan, approvals: 1, step: 1));
            held.Action.ShouldBe(CanaryAction.Hold);
            held.Verdict.ShouldBe(Verdict.Pass);
            held.Reason.ShouldContain("1 more approval");
            state = held.Next with { Notes = [] };
        }

        Should
            .Throw<AssayException>(() => CanaryDecider.Promote(plan, state, MadeCanary.Healthy(plan), MadeCanary.Late(plan, 1, step: 1), "ann", "now"))
            .Message.ShouldContain("approvals");
        CanaryDecider.Decide(plan, state, MadeCanary.Healthy(plan), MadeCanary.Late(plan, approvals: 2, step: 1)).Action.ShouldBe(CanaryAction.Promote);
    }

    [Fact]
    public void A_person_may_waive_proof_and_time_but_not_data()
    {
        var few = MadeCanary.Healthy(Plan, 300);
        var state = MadeCanary.OnStep(Plan);
        var moment = MadeCanary.After(Plan, TimeSpan.FromSeconds(5));
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
    public void Traffic_that_nobody_can_read_goes_no_further_whoever_asks()
    {
        // As when somebody else wrote the file of the upstreams, and stopped the slot: at the last step all requests would go there.
        var plan = MadeCanary.Plan(MadeCanary.Yaml.Replace("longestHold: 1h", "longestHold: 1h\n  approvals: 2"));
        var (state, moment) = (MadeCanary.OnStep(plan, step: 1), MadeCanary.Late(plan, approvals: 2, step: 1) with { Traffic = null });
        var decision = CanaryDecider.Decide(plan, state, MadeCanary.Healthy(plan), moment);
        decision.Action.ShouldBe(CanaryAction.Hold);
        decision.Verdict.ShouldBe(Verdict.Inconclusive);
        decision.Reason.ShouldContain("The split cannot be read, or somebody else wrote it");
        Promoting(plan, state, moment).Message.ShouldContain("The split cannot be read");
        Promoting(plan, state, moment with { Traffic = 0 }).Message.ShouldContain("The split reads 0 %, not the 25 % of this step");
        CanaryDecider.Promote(plan, state, MadeCanary.Healthy(plan), moment with { Traffic = 25 }, "ann", "r").Action.ShouldBe(CanaryAction.Promote);
    }

    [Fact]
    public void A_move_that_is_under_way_is_told_with_what_stood_in_its_way()
    {
        var state = MadeCanary.OnStep(Plan) with { Move = new CanaryMove(1, 25, "r", CanaryMove.Controller) };
        var moment = MadeCanary.Late(Plan) with { Traffic = null, MoveFault = "The proxy does not answer." };
        CanaryDecider
            .Decide(Plan, state, MadeCanary.Healthy(Plan), moment)
            .Reason.ShouldBe("Held. Traffic could not be moved to 25 % yet (The proxy does not answer); it is tried at every look.");
    }

    private static AssayException Promoting(CanaryPlan plan, CanaryState state, CanaryMoment moment) =>
        Should.Throw<AssayException>(() => CanaryDecider.Promote(plan, state, MadeCanary.Healthy(plan), moment, "ann", "r"));

    [Fact]
    public void A_look_that_says_too_much_fits_into_the_ledger()
    {
        // Whatever a source says of a metric: what the ledger does not take would be told again for ever.
        var watch = string.Join('\n', Enumerable.Range(0, 20).Select(i => $"    - {{ name: m{i}, read: errors, kind: rate, margin: 0.01 }}"));
        var plan = MadeCanary.Plan(MadeCanary.Yaml[..MadeCanary.Yaml.IndexOf("    - {", StringComparison.Ordinal)] + watch);
        plan.Metrics.Count.ShouldBe(20);
        var reading = CanaryReading.Failed(plan, new string('я', 400_000));
        var note = CanaryDecider.Decide(plan, MadeCanary.OnStep(plan), reading, MadeCanary.Late(plan)).Next.Notes.Single();
        note.Body.Reason.Length.ShouldBe(6_000);
        note.ToEntry("shop@1.9.0").Body.Length.ShouldBeLessThan(LedgerEntry.LargestBody);
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
