using Assay.Statistics.Sequential;

namespace Assay.Statistics.Tests.Sequential;

public sealed class RateConfidenceSequenceTests
{
    // mpmath 1.2.1, 50 digits: bisection of ln B(x + ½, n − x + ½) − ln B(½, ½) − x ln p − (n − x) ln(1 − p) = −ln α.
    [Theory]
    [InlineData(0, 1, 0.05, 0, 0.975)]
    [InlineData(1, 1, 0.05, 0.025, 1)]
    [InlineData(0, 10, 0.05, 0, 0.37698735099067739)]
    [InlineData(3, 10, 0.05, 0.032515139788058861, 0.74758710991499657)]
    [InlineData(10, 10, 0.05, 0.62301264900932261, 1)]
    [InlineData(50, 1000, 0.05, 0.028719917259624319, 0.079239581810855403)]
    [InlineData(1, 1000, 0.01, 8.9247632387443175e-8, 0.011728697720789006)]
    [InlineData(500, 1000, 0.01, 0.43590310440206142, 0.56409689559793858)]
    [InlineData(123456, 1000000, 0.05, 0.12198045623735763, 0.12494171467382227)]
    [InlineData(999999, 1000000, 0.05, 0.99998620691462443, 0.99999999998589506)]
    [InlineData(30, 100, 0.5, 0.19375185090350348, 0.42310646216691903)]
    public void The_interval_ends_where_the_mixture_reaches_one_over_alpha(long successes, long trials, double alpha, double low, double high)
    {
        var result = RateConfidenceSequence.Of(successes, trials, alpha).AsComputed.ShouldNotBeNull();

        result.Estimate.ShouldBe((double)successes / trials);
        result.N.ShouldBe(trials);
        result.Interval!.Value.Low!.Value.ShouldBe(low, 1e-300 + (low * 1e-12));
        result.Interval!.Value.High!.Value.ShouldBe(high, high * 1e-12);
        result.Interval!.Value.Confidence.ShouldBe(1 - alpha);
        result.P.ShouldBeNull();
    }

    [Fact]
    public void Successes_and_failures_mirror_each_other()
    {
        var rare = RateConfidenceSequence.Of(7, 90).AsComputed!.Interval!.Value;
        var frequent = RateConfidenceSequence.Of(83, 90).AsComputed!.Interval!.Value;

        rare.Low!.Value.ShouldBe(1 - frequent.High!.Value, 1e-14);
        rare.High!.Value.ShouldBe(1 - frequent.Low!.Value, 1e-14);
    }

    [Fact]
    public void No_trials_have_no_rate() => RateConfidenceSequence.Of(0, 0).Reason().ShouldBe("there are no trials; a rate needs 1");

    [Fact]
    public void Counts_and_alpha_are_checked()
    {
        Should.Throw<AssayException>(() => RateConfidenceSequence.Of(2, 1)).Message.ShouldBe("The sample has 2 successes among 1 trials.");
        Should.Throw<AssayException>(() => RateConfidenceSequence.Of(-1, 1));
        Should.Throw<AssayException>(() => RateConfidenceSequence.Of(1, 1, alpha: 1));
    }

    // Over all paths of 40 trials the chance that the interval ever misses the rate, by enumeration: at most alpha, whatever the rate.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.83)]
    public void Looking_after_every_trial_misses_the_rate_no_more_often_than_alpha(double rate)
    {
        const double Alpha = 0.2;
        var alive = new double[] { 1 };
        var missed = 0.0;
        for (var trials = 1; trials <= 40; trials++)
        {
            var next = new double[trials + 1];
            for (var successes = 0; successes <= trials; successes++)
            {
                var mass = (successes < trials ? alive[successes] * (1 - rate) : 0) + (successes > 0 ? alive[successes - 1] * rate : 0);
                var holds = RateConfidenceSequence.Of(successes, trials, Alpha).AsComputed!.Interval!.Value.Contains(rate);
                next[successes] = holds ? mass : 0;
                missed += holds ? 0 : mass;
            }

            alive = next;
        }

        missed.ShouldBeInRange(0.001, Alpha);
    }
}
