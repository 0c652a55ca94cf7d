using Assay.Statistics.Rates;

namespace Assay.Statistics.Tests.Rates;

// Reference figures: the roots of the score equation, and of the incomplete beta function, with mpmath at 60 digits.
public sealed class RateIntervalTests
{
    [Theory]
    [InlineData(3, 50, 0.05, 0.020614970348973953, 0.16217091688838173)]
    [InlineData(200, 4000, 0.05, 0.043667138340424465, 0.057196360620306873)]
    [InlineData(1, 1_000_000_000, 0.05, 1.7652455495696313e-10, 5.6649342432974394e-9)]
    [InlineData(500_000_000, 1_000_000_000, 0.01, 0.49995927256282001, 0.50004072743717999)]
    [InlineData(7, 9, 0.1, 0.5036427823767538, 0.92350526244560357)]
    [InlineData(1, 2, 0.05, 0.094531205734230713, 0.90546879426576929)]
    public void Wilson_agrees_with_the_score_equation(long successes, long trials, double alpha, double low, double high)
    {
        var result = RateInterval.Wilson(successes, trials, alpha).Answer();

        result.Interval.ShouldSpan(low, high, 1 - alpha);
        result.Estimate.ShouldBe((double)successes / trials);
        result.N.ShouldBe(trials);
        result.P.ShouldBeNull();
        result.Method.ShouldBe("Wilson score interval");
        result.Reference.ShouldContain("1927");
    }

    [Theory]
    [InlineData(3, 50, 0.05, 0.012548587835334062, 0.16548194660377289)]
    [InlineData(200, 4000, 0.05, 0.043451807680963521, 0.057214992961725728)]
    [InlineData(7, 9, 0.1, 0.45035835049338984, 0.95897683249300346)]
    [InlineData(1, 2, 0.05, 0.012579117093425049, 0.98742088290657495)]
    public void Clopper_Pearson_agrees_with_the_incomplete_beta_function(long successes, long trials, double alpha, double low, double high)
    {
        var result = RateInterval.ClopperPearson(successes, trials, alpha).Answer();

        result.Interval.ShouldSpan(low, high, 1 - alpha);
        result.Estimate.ShouldBe((double)successes / trials);
        result.N.ShouldBe(trials);
        result.Method.ShouldBe("Clopper-Pearson interval");
        result.Reference.ShouldContain("1934");
    }

    // Closed forms: 1 − (1 − α/2)^(1/n), 1 − (α/2)^(1/n), and the root of (1 − p)^n + np(1 − p)^(n − 1) = α/2.
    [Theory]
    [InlineData(0, 0, 3.6888794473100205e-9)]
    [InlineData(1, 2.531780798396938e-11, 5.5716433782031153e-9)]
    public void Rates_of_one_in_a_billion_keep_their_digits(long successes, double low, double high) =>
        RateInterval.ClopperPearson(successes, 1_000_000_000).Answer().Interval.ShouldSpan(low, high, 0.95);

    [Fact]
    public void Without_successes_the_lower_end_is_exactly_0()
    {
        RateInterval.Wilson(0, 50).Answer().Interval!.Value.Low.ShouldBe(0);
        RateInterval.Wilson(0, 50).Answer().Interval!.Value.High.ShouldAgree(0.071347599133358753);
        RateInterval.ClopperPearson(0, 50).Answer().Interval.ShouldSpan(0, 0.071121736464197662, 0.95);
    }

    [Fact]
    public void Without_failures_the_upper_end_is_exactly_1()
    {
        RateInterval.Wilson(50, 50).Answer().Interval!.Value.High.ShouldBe(1);
        RateInterval.Wilson(50, 50).Answer().Interval!.Value.Low.ShouldAgree(0.9286524008666412);
        RateInterval.ClopperPearson(50, 50, 0.01).Answer().Interval.ShouldSpan(0.8994549166252374, 1, 0.99);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 50)]
    [InlineData(24, 49)]
    [InlineData(25, 50)]
    [InlineData(1, 1_000_000)]
    public void Swapping_successes_and_failures_mirrors_both_intervals(long successes, long trials)
    {
        Mirrored(RateInterval.Wilson(successes, trials), RateInterval.Wilson(trials - successes, trials));
        Mirrored(RateInterval.ClopperPearson(successes, trials), RateInterval.ClopperPearson(trials - successes, trials));
    }

    [Fact]
    public void The_exact_interval_of_one_trial_holds_975_in_a_thousand()
    {
        RateInterval.ClopperPearson(0, 1).Answer().Interval.ShouldSpan(0, 0.975, 0.95);
        RateInterval.ClopperPearson(1, 1).Answer().Interval.ShouldSpan(0.025, 1, 0.95);
    }

    [Fact]
    public void No_trials_have_no_rate()
    {
        RateInterval.Wilson(0, 0).Refusal().ShouldBe("there are no trials; a rate needs 1");
        RateInterval.ClopperPearson(0, 0).Refusal().ShouldBe("there are no trials; a rate needs 1");
    }

    [Theory]
    [InlineData(-1, 5, 0.05)]
    [InlineData(6, 5, 0.05)]
    [InlineData(0, -1, 0.05)]
    [InlineData(1, 5, 0)]
    [InlineData(1, 5, 1)]
    [InlineData(1, 5, double.NaN)]
    [InlineData(1, 9_007_199_254_740_993, 0.05)]
    public void Wrong_counts_and_alphas_are_refused(long successes, long trials, double alpha)
    {
        Should.Throw<AssayException>(() => RateInterval.Wilson(successes, trials, alpha));
        Should.Throw<AssayException>(() => RateInterval.ClopperPearson(successes, trials, alpha));
    }

    [Fact]
    public void Two_to_the_53_trials_are_the_most()
    {
        RateInterval.Wilson(1, 9_007_199_254_740_992).Answer().Estimate.ShouldBe(Math.ScaleB(1, -53));
        Should
            .Throw<AssayException>(() => RateInterval.Wilson(1, 9_007_199_254_740_993))
            .ShouldSay("The number of trials sums to 9007199254740993, above 2^53.", "Give counts that sum to 9007199254740992 or less.");
        Should.Throw<AssayException>(() => RateInterval.Wilson(6, 5)).Message.ShouldBe("The sample has 6 successes among 5 trials.");
    }

    private static void Mirrored(StatisticResult rate, StatisticResult opposite)
    {
        var (one, other) = (rate.Answer().Interval!.Value, opposite.Answer().Interval!.Value);
        one.Low!.Value.ShouldBe(1 - other.High!.Value, 1e-14);
        one.High!.Value.ShouldBe(1 - other.Low!.Value, 1e-14);
    }
}
