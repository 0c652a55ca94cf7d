using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;
using Assay.Experimentation.Experiments;
using Assay.Stores;
using static Assay.Experimentation.Tests.Analysis.MadeExperiment;

namespace Assay.Experimentation.Tests.Analysis;

/// <summary>Each fault on data that would otherwise be a clear winner: the goal is better by half a deviation.</summary>
public sealed class HealthTests
{
    private const int Units = 4000;

    [Fact]
    public void Data_without_a_fault_ship()
    {
        var report = Look(Made("control", Units), Made("treatment", Units));

        report.Decision.Action.ShouldBe(DecidedAction.Ship);
        report.Health.ShouldAllBe(h => h.State == HealthState.Fine);
    }

    [Fact]
    public void A_sample_ratio_mismatch_has_no_winner()
    {
        var report = Look(Made("control", Units), Made("treatment", Units - 350));

        Unhealthy(report, HealthFault.SampleRatio).P.ShouldNotBeNull().ShouldBeLessThan(1e-3);
        report.Arms.ShouldAllBe(a => a.Decision == null);
    }

    [Fact]
    public void An_arm_of_weight_0_takes_no_part_in_the_ratio_nor_in_the_comparisons()
    {
        var experiment = Of(Goal("score"));
        experiment.Variants.Add(new ArmEntry { Name = "withdrawn", Weight = 0 });
        var report = ExperimentAnalysis.Of(experiment, Sums(Made("control", Units), Made("treatment", Units), Made("withdrawn", 700)), [], Now);

        report.Decision.Action.ShouldBe(DecidedAction.Ship);
        report.Metrics.Single().Comparisons.Select(c => c.Variant).ShouldBe(["treatment"]);
        report.Arms.Single(a => a.Variant == "withdrawn").Units.ShouldBe(700);
    }

    [Theory]
    [InlineData(4, HealthState.Fine)]
    [InlineData(20, HealthState.Note)]
    [InlineData(100, HealthState.Fault)]
    public void Units_in_several_arms_are_tolerated_up_to_one_in_a_hundred(long several, object state)
    {
        var report = ExperimentAnalysis.Of(Of(Goal("score")), Sums(Made("control", Units), Made("treatment", Units)) with { InSeveral = several }, [], Now);

        report.Health.Single(h => h.Fault == HealthFault.SeveralArms).State.ShouldBe((HealthState)state);
        report.Decision.Action.ShouldBe((HealthState)state == HealthState.Fault ? DecidedAction.Review : DecidedAction.Ship);
    }

    [Fact]
    public void An_arm_that_the_definition_lacks_has_no_winner()
    {
        Unhealthy(Look(Made("control", Units), Made("treatment", Units), Made("tretment", 3)), HealthFault.UnknownArm).Text.ShouldContain("'tretment'");
    }

    [Fact]
    public void Arms_that_differed_before_have_no_winner()
    {
        var experiment = Of(Goal("score", "sum"));
        experiment.PreExposureHours = 24;
        VariantSums Arm(string name, int seed, double before) =>
            MadeExperiment.Arm(name, Units, Values("score", Units, Normal(seed, Units, 0.8, 0.2), Normal(seed + 9, Units, before, 0.2)));

        var report = ExperimentAnalysis.Of(experiment, Sums(Arm("control", 1, 0.7), Arm("treatment", 2, 0.75)), [], Now);

        Unhealthy(report, HealthFault.Imbalance).Metric.ShouldBe("score");
    }

    [Fact]
    public void A_metric_that_is_always_NaN_has_no_winner()
    {
        var nan = Values("score", Units, []) with { Outcomes = Units, NotFinite = Units };
        var report = Look(Made("control", Units), Arm("treatment", Units, nan));

        Unhealthy(report, HealthFault.NotFinite).Text.ShouldContain("NaN");
        report.Metrics.Single().Comparisons.Single().Finding.ShouldBe(Finding.None);
    }

    [Fact]
    public void Some_NaN_are_noted()
    {
        var report = Look(Made("control", Units), Arm("treatment", Units, Made("treatment", Units).Metrics[0] with { NotFinite = 3 }));

        report.Decision.Action.ShouldBe(DecidedAction.Ship);
        report.Health.Single(h => h.Fault == HealthFault.NotFinite).State.ShouldBe(HealthState.Note);
    }

    [Fact]
    public void An_arm_without_outcomes_has_no_winner()
    {
        Unhealthy(Look(Made("control", Units), Arm("treatment", Units, Values("score", Units, []))), HealthFault.MissingOutcomes)
            .Text.ShouldContain("treatment");
    }

    [Fact]
    public void Arms_that_lose_outcomes_unevenly_have_no_winner()
    {
        var report = Look(Made("control", Units), Arm("treatment", Units, Values("score", Units, Normal(2, Units - 600, 0.8, 0.2))));

        Unhealthy(report, HealthFault.MissingOutcomes).Text.ShouldContain("85 %");
    }

    [Fact]
    public void Outcomes_that_are_all_alike_have_no_winner()
    {
        var same = Values("score", Units, [.. Enumerable.Repeat(0.8, Units)]);

        Unhealthy(Look(Made("control", Units), Arm("treatment", Units, same)), HealthFault.NoVariance).Text.ShouldContain("one and the same");
    }

    [Fact]
    public void Outcomes_without_exposure_and_too_late_ones_are_told()
    {
        var report = ExperimentAnalysis.Of(
            Of(Goal("score")),
            Sums(Made("control", Units), Made("treatment", Units)) with
            {
                OutcomesWithoutExposure = 12,
                OutcomesTooLate = 1,
            },
            [],
            Now
        );

        report.Health.Single(h => h.Fault == HealthFault.WithoutExposure).Text.ShouldStartWith("12 outcomes");
        report.Health.Single(h => h.Fault == HealthFault.TooLate).Text.ShouldStartWith("1 outcome came");
        report.Decision.Action.ShouldBe(DecidedAction.Ship);
    }

    [Fact]
    public void A_fault_of_what_is_only_told_is_a_note()
    {
        var experiment = Of(Goal("score"), new MetricEntry { Name = "tokens", Role = "info" });
        VariantSums Arm(string name) => MadeExperiment.Arm(name, Units, Made(name, Units).Metrics[0], Values("tokens", Units, []));

        var report = ExperimentAnalysis.Of(experiment, Sums(Arm("control"), Arm("treatment")), [], Now);

        report.Decision.Action.ShouldBe(DecidedAction.Ship);
        report.Health[0].State.ShouldBe(HealthState.Note);
        report.Health[0].Fault.ShouldBe(HealthFault.MissingOutcomes);
    }

    [Fact]
    public void Less_than_a_week_is_noted()
    {
        var report = ExperimentAnalysis.Of(Of(Goal("score")), Sums(Made("control", Units), Made("treatment", Units)), [], Start.AddDays(2));

        report.Health.Single(h => h.Fault == HealthFault.ShortTime).Text.ShouldContain("2 days");
    }

    private static ExperimentReport Look(params VariantSums[] arms) => ExperimentAnalysis.Of(Of(Goal("score")), Sums(arms), [], Now);

    private static VariantSums Made(string arm, int units) =>
        Arm(arm, units, Values("score", units, Normal(arm == "control" ? 1 : 2, units, arm == "control" ? 0.7 : 0.8, 0.2)));

    private static HealthCheck Unhealthy(ExperimentReport report, HealthFault fault)
    {
        report.Decision.Action.ShouldBe(DecidedAction.Review);
        report.Decision.Cause.ShouldBe(DecisionCause.Unhealthy);
        report.Verdict.ShouldBe(Verdict.Inconclusive);
        return report.Health.First(h => h.Fault == fault && h.State == HealthState.Fault);
    }
}
