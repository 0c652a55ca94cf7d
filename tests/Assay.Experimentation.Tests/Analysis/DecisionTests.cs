using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;
using Assay.Stores;
using static Assay.Experimentation.Tests.Analysis.MadeExperiment;

namespace Assay.Experimentation.Tests.Analysis;

public sealed class DecisionTests
{
    private const int Units = 4000;

    [Fact]
    public void A_clear_winner_whose_guardrails_hold_is_shipped()
    {
        var report = Look(Experiment(), score: 0.05, latency: 0);

        report.Decision.Action.ShouldBe(DecidedAction.Ship, report.Decision.Reason);
        report.Decision.Variant.ShouldBe("treatment");
        report.Decision.Reason.ShouldContain("score mean got better");
        report.Verdict.ShouldBe(Verdict.Pass);
        report.Metrics.Select(m => m.Comparisons.Single().Finding).ShouldBe([Finding.Held, Finding.Better]);
        report.Needs.ShouldBeEmpty();
    }

    [Fact]
    public void A_guardrail_that_is_proven_worse_rolls_back_whatever_the_goal_says()
    {
        var report = Look(Experiment(), score: 0.05, latency: 60);

        report.Decision.Action.ShouldBe(DecidedAction.RollBack);
        report.Decision.Cause.ShouldBe(DecisionCause.GuardrailBroken);
        report.Verdict.ShouldBe(Verdict.Fail);
        report.Metrics[0].Comparisons.Single().Reason.ShouldContain("worse than its margin");
    }

    [Fact]
    public void A_goal_that_got_worse_rolls_back()
    {
        var report = Look(Experiment(), score: -0.05, latency: 0);

        report.Decision.Action.ShouldBe(DecidedAction.RollBack);
        report.Decision.Cause.ShouldBe(DecisionCause.GoalWorse);
    }

    [Fact]
    public void A_better_goal_waits_for_an_open_guardrail_and_says_how_long()
    {
        var report = Look(Experiment(), score: 0.05, latency: 17);

        report.Decision.Action.ShouldBe(DecidedAction.Continue);
        report.Decision.Cause.ShouldBe(DecisionCause.GuardrailOpen);
        report.Verdict.ShouldBe(Verdict.Inconclusive);
        var need = report.Needs.ShouldHaveSingleItem();
        need.Metric.ShouldBe("latency_ms mean");
        need.UnitsPerArm.ShouldNotBeNull().ShouldBeGreaterThan(0);
        need.Days.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Without_a_difference_it_goes_on_and_says_what_is_needed()
    {
        var experiment = Experiment();
        experiment.Metrics[0].MinimalEffect = 0.01;
        var report = Look(experiment, score: 0.002, latency: 0);

        report.Decision.Action.ShouldBe(DecidedAction.Continue);
        report.Decision.Cause.ShouldBe(DecisionCause.GoalsOpen);
        report.Needs.ShouldHaveSingleItem().Why.ShouldContain("power of 80 %");
    }

    [Fact]
    public void An_effect_smaller_than_worth_finding_is_for_people()
    {
        var experiment = Experiment();
        experiment.Metrics[0].MinimalEffect = 0.1;
        var report = Look(experiment, score: 0.002, latency: 0);

        report.Decision.Action.ShouldBe(DecidedAction.Review);
        report.Decision.Cause.ShouldBe(DecisionCause.EffectTooSmall);
    }

    [Fact]
    public void Goals_that_disagree_are_for_people()
    {
        var experiment = Of(Goal("score"), Goal("latency_ms", better: "lower"));
        var report = Look(experiment, score: 0.05, latency: 60);

        report.Decision.Action.ShouldBe(DecidedAction.Review);
        report.Decision.Cause.ShouldBe(DecisionCause.GoalsDisagree);
    }

    [Fact]
    public void A_fixed_horizon_refuses_to_decide_before_its_planned_size()
    {
        var experiment = Fixed(Units + 1);
        var report = Look(experiment, score: 0.2, latency: 0);

        report.Decision.Action.ShouldBe(DecidedAction.Continue);
        report.Decision.Cause.ShouldBe(DecisionCause.BeforePlannedSize);
        var goal = report.Metrics.Single(m => m.Role == MetricRole.Goal).Comparisons.Single();
        goal.Difference.P.ShouldBeNull();
        goal.AdjustedP.ShouldBeNull();
        goal.Reason.ShouldContain("Not decided before the planned size");
        report.Needs.ShouldContain(n => n.UnitsPerArm == 1 && n.Why.Contains("planned size"));
    }

    [Fact]
    public void A_fixed_horizon_decides_once()
    {
        var experiment = Fixed(Units);
        var first = Look(experiment, score: 0.002, latency: 0);
        first.Decision.Cause.ShouldBe(DecisionCause.NothingFound);

        var second = ExperimentAnalysis.Of(experiment, MadeSums(0.05, 0), first.Looks, Now.AddDays(1));

        second.Decision.Action.ShouldBe(DecidedAction.Review);
        second.Decision.Cause.ShouldBe(DecisionCause.DecidedBefore);
        second.Decision.Reason.ShouldContain("once");
        second.Looks.Count.ShouldBe(2);
    }

    [Fact]
    public void A_fixed_horizon_that_waits_for_a_guardrail_ships_when_it_holds()
    {
        var experiment = Fixed(Units);
        var first = Look(experiment, score: 0.05, latency: 17);
        first.Decision.Cause.ShouldBe(DecisionCause.GuardrailOpen);

        // The goal would not be proven by the later data alone; it was decided.
        var second = ExperimentAnalysis.Of(experiment, MadeSums(0.001, 0), first.Looks, Now.AddDays(1));

        second.Decision.Action.ShouldBe(DecidedAction.Ship, second.Decision.Reason);
    }

    [Fact]
    public void A_fixed_horizon_still_rolls_back_early_when_a_guardrail_breaks()
    {
        Look(Fixed(Units * 10), score: 0.05, latency: 60).Decision.Cause.ShouldBe(DecisionCause.GuardrailBroken);
    }

    [Fact]
    public void Nothing_is_decided_without_units_or_below_the_least_size()
    {
        var none = ExperimentAnalysis.Of(Experiment(), new ExperimentSums([]), [], Now);
        none.Decision.Cause.ShouldBe(DecisionCause.NoUnits);
        none.Verdict.ShouldBe(Verdict.NoData);

        var few = ExperimentAnalysis.Of(Experiment(), MadeSums(0.5, 0, units: 99), [], Now);
        few.Decision.Cause.ShouldBe(DecisionCause.TooFewUnits);
        few.Decision.Action.ShouldBe(DecidedAction.Continue);
        few.Metrics.SelectMany(m => m.Comparisons).ShouldAllBe(c => c.Finding != Finding.Better && c.AdjustedP == null);
    }

    [Fact]
    public void Without_a_goal_people_decide()
    {
        Look(Of(Guard("latency_ms", 20)), 0, 0).Decision.Cause.ShouldBe(DecisionCause.NoGoal);
    }

    private static ExperimentFile Experiment() => Of(Goal("score"), Guard("latency_ms", 20));

    private static ExperimentFile Fixed(long units)
    {
        var experiment = Experiment();
        experiment.Analysis = new AnalysisEntry { Method = "fixed", UnitsPerArm = units };
        return experiment;
    }

    private static ExperimentReport Look(ExperimentFile experiment, double score, double latency) =>
        ExperimentAnalysis.Of(experiment, MadeSums(score, latency), [], Now);

    private static ExperimentSums MadeSums(double score, double latency, int units = Units) =>
        Sums(Made("control", 1, units, 0, 0), Made("treatment", 2, units, score, latency));

    private static VariantSums Made(string arm, int seed, int units, double score, double latency) =>
        Arm(
            arm,
            units,
            Values("score", units, Normal(seed, units, 0.7 + score, 0.2)),
            Values("latency_ms", units, Normal(seed + 100, units, 400 + latency, 90))
        );
}
