using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Judges.Calibrations;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Prices;

namespace Assay.Evaluation.Tests.Gates;

public sealed class OtherGateTests
{
    [Theory]
    [InlineData(0, Verdict.Pass)]
    [InlineData(4, Verdict.Inconclusive)]
    [InlineData(30, Verdict.Fail)]
    public void The_error_rate_of_the_target_has_a_gate(int faults, Verdict verdict)
    {
        var run = new MadeRun("judge").Cases(MeanGateTests.Spread(0.9, 100 - faults));
        for (var i = 0; i < faults; i++)
        {
            run.Fault();
        }

        run.Gate(
                new GateEntry
                {
                    Metric = "target",
                    Statistic = "error_rate",
                    AtMost = 0.05,
                }
            )
            .Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void Errors_of_a_judge_are_a_third_state_with_a_gate_of_its_own()
    {
        var run = new MadeRun("judge").Cases(MeanGateTests.Spread(0.9, 70));
        for (var i = 0; i < 30; i++)
        {
            run.Case(null, new Measurement.Error("no JSON"));
        }

        var gate = run.Gate(
            new GateEntry
            {
                Metric = "judge",
                Statistic = "error_rate",
                AtMost = 0.05,
            }
        );
        gate.Verdict.ShouldBe(Verdict.Fail);
        gate.Estimate!.Value.ShouldBe(0.3);
    }

    [Fact]
    public void A_quantile_is_decided_by_order_statistics()
    {
        // 1 … 100: by the binomial(100, 0.95) the P95 lies between the 91st and the 99th value with 95 % on each side.
        var run = new MadeRun(Milliseconds).Cases(Enumerable.Range(1, 100).Select(i => (double)i));
        var gate = run.Gate(
            new GateEntry
            {
                Metric = "ms",
                Statistic = "p95",
                AtMost = 99,
            }
        );
        gate.Verdict.ShouldBe(Verdict.Pass);
        gate.Estimate!.Value.ShouldBe(95.05, 1e-9);
        gate.Interval.ShouldBe(new Assay.Statistics.Interval(91, 99, LimitTest.Confidence));
        run.Gate(
                new GateEntry
                {
                    Metric = "ms",
                    Statistic = "p95",
                    AtMost = 98,
                }
            )
            .Verdict.ShouldBe(Verdict.Inconclusive);
        run.Gate(
                new GateEntry
                {
                    Metric = "ms",
                    Statistic = "p95",
                    AtMost = 90,
                }
            )
            .Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void A_high_quantile_of_few_cases_cannot_pass()
    {
        var gate = new MadeRun(Milliseconds)
            .Cases(Enumerable.Range(1, 50).Select(i => (double)i))
            .Gate(
                new GateEntry
                {
                    Metric = "ms",
                    Statistic = "p99",
                    AtMost = 1000,
                }
            );
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Interval!.Value.High.ShouldBeNull();
        // ln 0.05 / ln 0.99 = 298.07
        gate.NeededCases!.Value.ShouldBeInRange(249, 400);
    }

    [Fact]
    public void A_total_is_what_it_is_and_an_unknown_price_is_no_data()
    {
        var gate = new GateEntry
        {
            Metric = "cost",
            Statistic = "total",
            AtMost = 0.05,
        };
        new MadeRun("judge").Cases([0.1, 0.2]).Gate(gate).Verdict.ShouldBe(Verdict.Pass);
        new MadeRun("judge").Cases(Enumerable.Repeat(0.1, 60)).Gate(gate).Verdict.ShouldBe(Verdict.Fail);

        var unpriced = new MadeRun("judge").Cases([0.1, 0.2]).Add(MadeRun.Outcome(2, 0, null, [new Measurement.Value(0.5)], new Answer("a", "gpt-test")));
        unpriced.Gate(gate).Verdict.ShouldBe(Verdict.NoData);
    }

    [Fact]
    public void Cost_per_case_counts_unknown_prices_as_missing()
    {
        var run = new MadeRun("judge");
        for (var i = 0; i < 60; i++)
        {
            run.Add(
                MadeRun.Outcome(
                    i,
                    0,
                    null,
                    [new Measurement.Value(0.5)],
                    new Answer("a", "m") { Cost = i % 2 == 0 ? Money.OfDollars(0.001m * (1 + (i % 7))) : null }
                )
            );
        }

        run.Gate(new GateEntry { Metric = "cost_usd", AtMost = 1 }).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void A_judge_must_have_been_measured_against_people()
    {
        var gate = new GateEntry
        {
            Metric = "judge",
            Statistic = "agreement",
            AtLeast = 0.6,
        };
        var run = new MadeRun("judge").Cases([0.5]);
        JudgeAgreement Measured(double low, double high, string of = "fingerprint of judge") => new(of, (low + high) / 2, low, high, 200, "Cohen's kappa");

        run.Gate(gate).Reason.ShouldContain("never calibrated");
        run.Gate(gate, null, Measured(0.7, 0.8, "an older judge")).Verdict.ShouldBe(Verdict.NoData);
        run.Gate(gate, null, Measured(0.65, 0.8)).Verdict.ShouldBe(Verdict.Pass);
        run.Gate(gate, null, Measured(0.5, 0.8)).Verdict.ShouldBe(Verdict.Inconclusive);
        run.Gate(gate, null, Measured(0.3, 0.5)).Verdict.ShouldBe(Verdict.Fail);
    }

    [Theory]
    [InlineData(10, 0.65, Verdict.Pass)]
    [InlineData(11, 0.65, Verdict.Inconclusive)]
    [InlineData(190, 0.65, Verdict.Inconclusive)]
    [InlineData(190, 0.3, Verdict.Fail)]
    public void A_judge_that_failed_on_more_than_a_twentieth_of_the_labels_does_not_pass(int errors, double low, Verdict verdict)
    {
        AgreementFigure figure = new("judge with humans", low + 0.05, low, low + 0.1, 200 - errors, "Spearman", null);
        var none = figure with { Estimate = null };
        var report = new CalibrationReport("judge", "fingerprint of judge", new LabelSource("labels.jsonl", "hash", ArePairs: false, 200, 1))
        {
            Judged = 200 - errors,
            Errors = errors,
            Agreement = [new AgreementLine(AgreementMeasure.Spearman, figure, [], [], null)],
            LengthBias = new LengthBias(none, none),
        };
        var agreement = JudgeAgreement.Of(new StoredCalibration(DateTimeOffset.UnixEpoch, report)).ShouldNotBeNull();
        var gate = new GateEntry
        {
            Metric = "judge",
            Statistic = "agreement",
            AtLeast = 0.6,
        };
        var decided = new MadeRun("judge").Cases([0.5]).Gate(gate, null, agreement);
        decided.Verdict.ShouldBe(verdict);
        decided
            .Reason.Contains($"The judge gave no judgement of {errors} of 200 labelled items", StringComparison.Ordinal)
            .ShouldBe(verdict == Verdict.Inconclusive);
    }

    [Fact]
    public void A_fail_is_corrected_for_the_number_of_gates_and_a_pass_is_not()
    {
        // Alone p = 0.03 for a fail; beside three other gates Holm makes it 0.12.
        double[] low = [.. Enumerable.Range(0, 60).Select(i => 0.675 + (i % 2 == 0 ? 0.1 : -0.1))];
        var run = new MadeRun("a", "b", "c", "d");
        for (var i = 0; i < 60; i++)
        {
            var good = new Measurement.Value(0.9 + (i % 2 == 0 ? 0.05 : -0.05));
            run.Case(null, new Measurement.Value(low[i]), good, good, good);
        }

        GateEntry At(string metric) => new() { Metric = metric, AtLeast = 0.7 };
        run.Verdict(At("a")).Verdict.ShouldBe(Verdict.Fail);
        var four = run.Verdict(At("a"), At("b"), At("c"), At("d"));
        four.Verdict.ShouldBe(Verdict.Inconclusive);
        four.Gates[0].Reason.ShouldContain("Alone it would fail");
        four.Gates.Skip(1).ShouldAllBe(g => g.Verdict == Verdict.Pass);
    }

    [Fact]
    public void Several_fails_are_corrected_step_by_step_after_Holm()
    {
        // Alone p = 0.011, 0.016 and 0.022; beside a gate that passes Holm makes them 0.044, 0.048 and 0.048. Bonferroni would leave the last two undecided.
        double[] means = [0.66940, 0.67142, 0.67318];
        var run = new MadeRun("a", "b", "c", "d");
        for (var i = 0; i < 60; i++)
        {
            var spread = i % 2 == 0 ? 0.1 : -0.1;
            run.Case(null, [.. means.Append(0.9).Select(m => (Measurement)new Measurement.Value(m + spread))]);
        }

        GateEntry At(string metric) => new() { Metric = metric, AtLeast = 0.7 };
        var gates = run.Verdict(At("a"), At("b"), At("c"), At("d")).Gates;
        gates.Select(g => g.Verdict).ShouldBe([Verdict.Fail, Verdict.Fail, Verdict.Fail, Verdict.Pass]);
        gates.Take(3).Select(g => Math.Round(g.FailP!.Value, 3)).ShouldBe([0.011, 0.016, 0.022]);
        gates[0].FailPCorrected!.Value.ShouldBe(4 * gates[0].FailP!.Value, 1e-12);
        gates[1].FailPCorrected!.Value.ShouldBe(3 * gates[1].FailP!.Value, 1e-12);
        gates[2].FailPCorrected!.Value.ShouldBe(gates[1].FailPCorrected!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0, Verdict.Pass)]
    [InlineData(1, Verdict.Inconclusive)]
    public void Without_a_failure_each_case_of_a_cluster_is_a_trial_and_that_is_said(int faults, Verdict verdict)
    {
        // 60 cases in 12 clusters: 1 − 0.05^(1/60) = 0.0487, where 12 trials would say 0.22.
        var run = new MadeRun("judge");
        for (var i = 0; i < 60; i++)
        {
            run.Case($"document {i / 5}", i < faults ? new Measurement.Error("no JSON") : (Measurement)new Measurement.Value(0.9));
        }

        var gate = run.Gate(
            new GateEntry
            {
                Metric = "judge",
                Statistic = "error_rate",
                AtMost = 0.05,
            }
        );
        gate.Verdict.ShouldBe(verdict, gate.Reason);
        gate.Interval!.Value.High!.Value.ShouldBeLessThan(0.11);
        gate.Reason.Contains("each case counts as one trial", StringComparison.Ordinal).ShouldBe(faults == 0);
    }

    [Fact]
    public void A_run_without_gates_decides_nothing() => new MadeRun("judge").Cases([0.9]).Verdict().Verdict.ShouldBe(Verdict.NoData);

    [Fact]
    public void Reasons_are_written_in_the_language_of_the_run()
    {
        var gate = new MadeRun("judge") { Language = "ru" }
            .Cases(MeanGateTests.Spread(0.71, 61))
            .Gate(new GateEntry { Metric = "judge", AtLeast = 0.7 });
        gate.Reason.ShouldStartWith("0,712, [0,690; 0,733], порог ≥ 0,700, 61\u00a0пример. Решат ещё примерно 410\u00a0примеров");
    }

    private static readonly PlannedMetric[] Milliseconds = [new("ms", "f", new MetricScale(HigherIsBetter: false, 0, null, "ms"))];
}
