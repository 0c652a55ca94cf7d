using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Tests.Gates;

/// <summary>How far the mean moves from run to run, bounded by a gate.</summary>
public sealed class RunSpreadGateTests
{
    [Fact]
    public void A_ranking_that_is_the_same_each_time_passes()
    {
        var gate = Made(repeats: 3, (i, _) => i % 5 / 4.0).Gate(AtMost(0.01));
        gate.Verdict.ShouldBe(Verdict.Pass);
        (gate.Estimate, gate.N, gate.Method).ShouldBe((0, 3, "all repeats are equal"));
        gate.Reason.ShouldBe("0.000, [0.000, 0.000], limit ≤ 0.010, 3 repeats.");
    }

    [Fact]
    public void The_interval_is_that_of_a_standard_deviation()
    {
        // Ten means with a standard deviation of 0.01; χ² of 9 degrees of freedom: 3.325 and 16.919.
        double[] means = [.. Enumerable.Range(0, 10).Select(r => 0.5 + (0.01 * (r % 2 == 0 ? 1 : -1) * Math.Sqrt(0.9)))];
        var gate = Made(repeats: 10, (_, r) => means[r]).Gate(AtMost(0.02));
        gate.Estimate!.Value.ShouldBe(0.01, 1e-12);
        gate.Interval!.Value.Low!.Value.ShouldBe(0.01 * Math.Sqrt(9 / 16.918978), 1e-8);
        gate.Interval!.Value.High!.Value.ShouldBe(0.01 * Math.Sqrt(9 / 3.325113), 1e-8);
        gate.Verdict.ShouldBe(Verdict.Pass);
        Made(repeats: 10, (_, r) => means[r]).Gate(AtMost(0.005)).Verdict.ShouldBe(Verdict.Fail);
        var open = Made(repeats: 10, (_, r) => means[r]).Gate(AtMost(0.012));
        open.Verdict.ShouldBe(Verdict.Inconclusive);
        open.Reason.ShouldContain("more repeats decide it if it stays so.");
    }

    [Fact]
    public void Cases_that_were_asked_once_say_nothing_of_runs()
    {
        var gate = Made(repeats: 1, (_, _) => 1).Gate(AtMost(0.01));
        gate.Verdict.ShouldBe(Verdict.NoData);
        gate.Reason.ShouldContain("--repeats 3 or more");
        var two = Made(repeats: 2, (_, _) => 1).Gate(AtMost(0.01));
        two.Verdict.ShouldBe(Verdict.Inconclusive);
        two.Reason.ShouldContain("A spread may decide from 3 repeats on");
    }

    [Fact]
    public void Repeats_whose_means_came_out_alike_by_luck_prove_nothing()
    {
        // Each case flips from repeat to repeat, in pairs that cancel out: every mean is 0.5.
        var gate = Made(repeats: 4, (i, r) => (i + r) % 2).Gate(AtMost(0.01));
        gate.Estimate.ShouldBe(0);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Interval!.Value.High!.Value.ShouldBe(Math.Sqrt(1.0 / 3 / 60), 1e-12);
        gate.Reason.ShouldContain("for any number of them to show that it is kept");
    }

    [Fact]
    public void Measurements_that_are_missing_do_not_pass()
    {
        var run = new MadeRun("judge") { Repeats = 3 };
        for (var i = 0; i < 60; i++)
        {
            foreach (var repeat in Enumerable.Range(0, 3))
            {
                Measurement measured = repeat == 2 && i < 20 ? new Measurement.Error("no answer") : new Measurement.Value(1);
                run.Add(MadeRun.Outcome(i, repeat, cluster: null, [measured]));
            }
        }

        var gate = run.Gate(AtMost(0.01));
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Reason.ShouldContain("20 of 180 measurements are missing");
    }

    [Fact]
    public void At_the_limit_five_in_a_hundred_pass_by_chance_and_as_many_fail()
    {
        const int Rounds = 1_000;
        var random = new Random(5);
        var (passed, failed) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            // Runs that move as a whole by 0.02, as with a model that a provider changes.
            double[] shifts = [.. Enumerable.Range(0, 5).Select(_ => 0.02 * Normal(random))];
            var verdict = Made(repeats: 5, (i, r) => 0.5 + (i % 7 * 0.01) + shifts[r], cases: 30).Gate(AtMost(0.02)).Verdict;
            passed += verdict == Verdict.Pass ? 1 : 0;
            failed += verdict == Verdict.Fail ? 1 : 0;
        }

        // Four standard errors of a thousand rounds are 2.8 %.
        (passed / (double)Rounds).ShouldBeInRange(0.022, 0.078);
        (failed / (double)Rounds).ShouldBeInRange(0.022, 0.078);
    }

    [Fact]
    public void In_Russian_it_counts_repeats()
    {
        var run = new MadeRun("judge") { Repeats = 3, Language = "ru" };
        for (var i = 0; i < 40; i++)
        {
            run.Case(null, 1.0, 1.0, 1.0);
        }

        run.Gate(AtMost(0.01)).Reason.ShouldContain("повторов: 3");
    }

    private static GateEntry AtMost(double limit) =>
        new()
        {
            Metric = "judge",
            Statistic = "run_sd",
            AtMost = limit,
        };

    private static MadeRun Made(int repeats, Func<int, int, double> value, int cases = 60)
    {
        var run = new MadeRun("judge") { Repeats = repeats };
        for (var i = 0; i < cases; i++)
        {
            run.Case(null, [.. Enumerable.Range(0, repeats).Select(r => value(i, r))]);
        }

        return run;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
