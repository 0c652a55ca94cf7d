using Assay.Evaluation.Metrics;
using Assay.Evaluation.Summaries;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Evaluation.Tests.Summaries;

public sealed class RunSummaryTests
{
    [Fact]
    public void A_case_counts_once_with_the_mean_over_its_repeats()
    {
        var metric = new MadeRun("judge") { Repeats = 3 }
            .Case(null, 0, 0.5, 1)
            .Case(null, 1, 1, 1)
            .Summary.Metrics.Single();
        metric.N.ShouldBe(2);
        metric.Average!.Value.ShouldBe(0.75);
        metric.Mean.AsComputed!.DegreesOfFreedom.ShouldBe(1);
        metric.StandardDeviation!.Value.ShouldBe(Math.Sqrt(0.125), 1e-15);
    }

    [Fact]
    public void The_variance_splits_between_cases_and_repeats()
    {
        // Within: (0.02 + 0.02 + 0.02)/3 = 0.02. Means 0.2, 0.5, 0.8: variance 0.09, less 0.02/2.
        var split = new MadeRun("judge") { Repeats = 2 }
            .Case(null, 0.1, 0.3)
            .Case(null, 0.4, 0.6)
            .Case(null, 0.7, 0.9)
            .Summary.Metrics.Single()
            .Repeats!;
        split.WithinCases.ShouldBe(0.02, 1e-12);
        split.BetweenCases.ShouldBe(0.08, 1e-12);
        split.Means.Select(m => Math.Round(m!.Value, 12)).ShouldBe([0.4, 0.6]);
        split.RunDeviation!.Value.ShouldBe(Math.Sqrt(0.02), 1e-12);
    }

    [Fact]
    public void What_does_not_apply_what_failed_and_what_is_missing_are_told_apart()
    {
        var run = new MadeRun("judge") { Unasked = 2 }
            .Case(null, 0.5)
            .Case(null, new Measurement.NotApplicable("no reference"))
            .Case(null, new Measurement.Error("prose"))
            .Fault(ModelFault.RateLimited)
            .Fault(ModelFault.TimedOut);
        var summary = run.Summary;
        var metric = summary.Metrics.Single();
        (metric.N, metric.NotApplicable, metric.Errors, metric.Missing).ShouldBe((1, 1, 1, 5));
        summary.Target.Faults.ShouldBe(new Dictionary<string, int> { ["RateLimited"] = 1, ["TimedOut"] = 1 });
        summary.IsFinished.ShouldBeFalse();
    }

    [Fact]
    public void Zeros_and_ones_have_a_wilson_interval()
    {
        var metric = new MadeRun("exact").Cases(Enumerable.Range(0, 50).Select(i => i < 45 ? 1.0 : 0)).Summary.Metrics.Single();
        // Wilson for 45 of 50: [0.786, 0.957].
        metric.Share!.AsComputed!.Interval!.Value.Low!.Value.ShouldBe(0.7864, 0.0001);
        metric.Share!.AsComputed!.Interval!.Value.High!.Value.ShouldBe(0.9565, 0.0001);
    }

    [Fact]
    public void Costs_are_exact_sums_with_unknown_prices_counted()
    {
        var calls = new[]
        {
            new CallFacts("judge-model", 5, 2, FromCache: false, new TokenUsage(7, 0, 0, 3, 0), Money.OfDollars(0.0005m)),
            new CallFacts("judge-model", 5, 0, FromCache: true, null, null),
        };
        var summary = new MadeRun("judge").Add(MadeRun.Outcome(0, 0, null, [new Measurement.Value(1)]) with { JudgeCalls = calls }).Summary;
        summary.Use.Target.Cost.ShouldBe(Money.OfDollars(0.001m));
        summary.Use.Judges.ShouldBe(new CallUse(2, 7, 3, Money.OfDollars(0.0005m), 1));
        summary.Timings.ShouldBe(new RunTimings(1, Money.OfDollars(0.0015m), 2, 1));
        summary.Target.JudgeModels.ShouldBe(["judge-model"]);
        summary.Resources.Single(r => r.Name == "judge_cost_usd").Missing.ShouldBe(1);
    }
}
