using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Tests.Gates;

public sealed class DifferenceGateTests
{
    private static readonly GateEntry NotWorse = new()
    {
        Metric = "judge",
        Statistic = "difference",
        Margin = 0.03,
    };

    private static readonly double[] Before = [.. Enumerable.Range(0, 100).Select(i => 0.4 + (0.005 * i))];

    [Fact]
    public void An_equal_candidate_is_not_worse() => Gate(Before.Select((v, i) => v + (i % 2 == 0 ? 0.05 : -0.05))).Verdict.ShouldBe(Verdict.Pass);

    [Fact]
    public void A_worse_candidate_fails()
    {
        var gate = Gate(Before.Select((v, i) => v - 0.06 + (i % 2 == 0 ? 0.05 : -0.05)));
        gate.Verdict.ShouldBe(Verdict.Fail);
        gate.Estimate!.Value.ShouldBe(-0.06, 1e-9);
    }

    [Fact]
    public void A_loss_of_the_size_of_the_margin_is_not_decided() =>
        Gate(Before.Select((v, i) => v - 0.03 + (i % 2 == 0 ? 0.05 : -0.05))).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void Identical_answers_pass_only_when_enough_cases_rule_rare_losses_out()
    {
        // 98 cases without a change: 1 − 0.05^(1/98) = 0.0301 of cases may have lost everything; 99 cases: 0.0298.
        Gate(Before[..98], Before[..98]).Verdict.ShouldBe(Verdict.Inconclusive);
        Gate(Before[..99], Before[..99]).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void One_case_that_lost_everything_is_not_taken_for_a_small_spread()
    {
        var after = Before.ToArray();
        after[0] = 0;
        var gate = Gate(after);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Method.ShouldContain("share of values that deviate");
    }

    [Fact]
    public void Of_a_metric_where_less_is_better_the_margin_is_an_upper_limit()
    {
        PlannedMetric[] length = [new("length", "f", new MetricScale(HigherIsBetter: false, 0, null, "characters"))];
        var gate = new GateEntry
        {
            Metric = "length",
            Statistic = "difference",
            Margin = 5,
        };
        var before = new MadeRun(length).Cases(Before.Select(v => v * 1000));
        new MadeRun(length).Cases(Before.Select((v, i) => (v * 1000) + 20 + (i % 3))).Gate(gate, before.Summary).Verdict.ShouldBe(Verdict.Fail);
        new MadeRun(length).Cases(Before.Select((v, i) => (v * 1000) - 20 + (i % 3))).Gate(gate, before.Summary).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void Without_a_baseline_there_is_no_data() => new MadeRun("judge").Cases(Before).Gate(NotWorse).Verdict.ShouldBe(Verdict.NoData);

    [Fact]
    public void A_baseline_on_other_cases_is_no_data()
    {
        var gate = new MadeRun("judge")
            .Cases(Before)
            .Gate(
                NotWorse,
                new MadeRun("judge") { DatasetHash = new string('b', 64) }
                    .Cases(Before)
                    .Summary
            );
        gate.Verdict.ShouldBe(Verdict.NoData);
        gate.Reason.ShouldContain("other cases");
    }

    [Fact]
    public void A_baseline_of_another_judge_is_no_data()
    {
        var gate = new MadeRun("judge")
            .Cases(Before)
            .Gate(NotWorse, new MadeRun([new PlannedMetric("judge", "older", MetricScale.Share)]).Cases(Before).Summary);
        gate.Verdict.ShouldBe(Verdict.NoData);
        gate.Reason.ShouldContain("another judge");
    }

    [Fact]
    public void A_dry_run_is_no_baseline_of_a_live_one() =>
        new MadeRun("judge")
            .Cases(Before)
            .Gate(
                NotWorse,
                new MadeRun("judge") { IsDryRun = true }
                    .Cases(Before)
                    .Summary
            )
            .Verdict.ShouldBe(Verdict.NoData);

    [Fact]
    public void A_case_that_the_candidate_failed_is_missing_from_the_comparison()
    {
        var run = new MadeRun("judge").Cases(Before[..90]);
        for (var i = 0; i < 10; i++)
        {
            run.Fault();
        }

        var gate = run.Gate(NotWorse, new MadeRun("judge").Cases(Before).Summary);
        gate.N.ShouldBe(90);
        gate.Verdict.ShouldNotBe(Verdict.Pass);
    }

    private static GateResult Gate(IEnumerable<double> after) => Gate(Before, after);

    private static GateResult Gate(IEnumerable<double> before, IEnumerable<double> after) =>
        new MadeRun("judge").Cases(after).Gate(NotWorse, new MadeRun("judge").Cases(before).Summary);
}
