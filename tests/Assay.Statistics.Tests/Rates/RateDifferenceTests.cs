using Assay.Statistics.Rates;

namespace Assay.Statistics.Tests.Rates;

// Reference figures: the formulas of the methods with mpmath at 60 digits.
public sealed class RateDifferenceTests
{
    [Theory]
    [InlineData(200, 4000, 250, 4000, 0.0125, 0.0051519868740127823, 2.4262484174894633, 0.015255823642624327)]
    [InlineData(250, 4000, 200, 4000, -0.0125, 0.0051519868740127823, -2.4262484174894633, 0.015255823642624327)]
    [InlineData(0, 50, 3, 50, 0.06, 0.034117444218463962, 1.7586311452816475, 0.078640179348828455)]
    [InlineData(56, 70, 48, 80, -0.2, 0.075466801278695357, -2.6501719512585326, 0.0080450813681965847)]
    [InlineData(100, 1_000_000, 150, 1_000_000, 5e-5, 1.5810400058189546e-5, 3.1624753210530408, 0.0015643399445987558)]
    [InlineData(10_000, 100_000, 13_000, 100_000, 0.03, 0.0014267095009146045, 21.027406056221143, 3.6824171755668925e-98)]
    [InlineData(0, 10, 10, 10, 1, 0.22360679774997897, 4.4721359549995794, 7.7442164310440836e-6)]
    public void The_pooled_test_agrees_with_its_formula(long x, long n, long y, long m, double difference, double error, double z, double p)
    {
        var result = RateDifference.Compare(x, n, y, m).Answer();

        result.Estimate.ShouldAgree(difference);
        result.StandardError.ShouldAgree(error);
        result.Statistic.ShouldAgree(z);
        result.P!.Value.Value.ShouldAgree(p, 1e-11);
        result.DegreesOfFreedom.ShouldBeNull();
        result.N.ShouldBe(n + m);
        result.Interval.ShouldBe(RateDifference.Newcombe(x, n, y, m).Answer().Interval);
        result.Method.ShouldBe("Two-proportion z test with Newcombe's interval");
        result.Reference.ShouldContain("Pearson");
    }

    [Fact]
    public void A_p_value_far_below_the_range_of_double_keeps_its_logarithm()
    {
        var p = RateDifference.Compare(400_000, 1_000_000, 600_000, 1_000_000).Answer().P!.Value;

        p.Value.ShouldBe(0);
        p.Log10.ShouldAgree(-17374.328886490596);
    }

    [Fact]
    public void A_difference_of_one_in_a_billion_keeps_its_digits()
    {
        var result = RateDifference.Compare(500_000_000, 1_000_000_000, 500_000_001, 1_000_000_000).Answer();

        result.Estimate.ShouldBe(1e-9);
        result.Statistic.ShouldAgree(4.4721359549995794e-5);
        result.Interval.ShouldSpan(-4.3825126944653667e-5, 4.3827126944648234e-5, 0.95, 1e-10);
    }

    [Fact]
    public void A_one_sided_test_has_one_tail_and_one_end()
    {
        var greater = RateDifference.Compare(200, 4000, 250, 4000, alternative: Alternative.Greater).Answer();
        var less = RateDifference.Compare(200, 4000, 250, 4000, alternative: Alternative.Less).Answer();

        greater.P!.Value.Value.ShouldAgree(0.0076279118213121635);
        greater.Interval.ShouldSpan(0.0040266582812536393, null, 0.95);
        less.P!.Value.Value.ShouldAgree(0.99237208817868784);
        less.Interval.ShouldSpan(null, 0.021005643227045561, 0.95);
    }

    [Theory]
    [InlineData(0, 10, 0, 20, "no trial of either arm succeeded; the test needs successes and failures")]
    [InlineData(10, 10, 20, 20, "every trial of both arms succeeded; the test needs successes and failures")]
    [InlineData(0, 0, 3, 20, "the control has no trials; a rate needs 1")]
    [InlineData(3, 20, 0, 0, "the treatment has no trials; a rate needs 1")]
    [InlineData(0, 0, 0, 0, "neither arm has trials; a rate needs 1")]
    public void The_test_says_what_the_counts_lack(long x, long n, long y, long m, string reason) =>
        RateDifference.Compare(x, n, y, m).Refusal().ShouldBe(reason);

    [Fact]
    public void When_every_trial_succeeds_intervals_remain()
    {
        RateDifference.Newcombe(50, 50, 50, 50).Answer().Interval.ShouldSpan(-0.071347599133358753, 0.071347599133358753, 0.95);
        RateDifference.AgrestiCaffo(50, 50, 50, 50).Answer().Interval.ShouldSpan(-0.052788966738537176, 0.052788966738537176, 0.95);
        var wald = RateDifference.Wald(50, 50, 50, 50).Answer();
        wald.Interval.ShouldBe(new Interval(0, 0, 0.95));
        wald.Estimate.ShouldBe(0);
        wald.StandardError.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 10, 10, 10)]
    [InlineData(10, 10, 0, 10)]
    public void Walds_interval_has_no_width_between_certain_rates_and_Newcombes_has(long x, long n, long y, long m)
    {
        var difference = y > x ? 1 : -1;
        RateDifference.Wald(x, n, y, m).Answer().Interval.ShouldBe(new Interval(difference, difference, 0.95));
        var newcombe = RateDifference.Newcombe(x, n, y, m).Answer().Interval!.Value;
        (newcombe.High - newcombe.Low)!.Value.ShouldBeGreaterThan(0.3);
    }

    [Theory]
    [InlineData(200, 4000, 250, 4000, 0.0051500910186131662, 0.0024060070864149921, 0.022593992913585008)]
    [InlineData(0, 50, 3, 50, 0.03358571124749333, -0.0058267844402487435, 0.12582678444024874)]
    [InlineData(56, 70, 48, 80, 0.072702917999996986, -0.34249510085096292, -0.057504899149037077)]
    [InlineData(100, 1_000_000, 150, 1_000_000, 1.5810360527198613e-5, 1.9012262784097014e-5, 8.0987737215902986e-5)]
    public void Wald_agrees_with_its_formula(long x, long n, long y, long m, double error, double low, double high)
    {
        var result = RateDifference.Wald(x, n, y, m).Answer();

        result.StandardError.ShouldAgree(error);
        result.Interval.ShouldSpan(low, high, 0.95, 1e-11);
        result.Estimate.ShouldBe(((double)y / m) - ((double)x / n), 1e-16);
        result.N.ShouldBe(n + m);
        result.Method.ShouldBe("Wald interval of a difference of rates");
        result.Reference.ShouldContain("Agresti");
    }

    // 56 of 70 against 48 of 80 is row (a) of table II of Newcombe (1998): 0.0524 to 0.3339 the other way round.
    [Theory]
    [InlineData(56, 70, 48, 80, -0.33387265403690598, -0.052431472402364878)]
    [InlineData(200, 4000, 250, 4000, 0.0023978714953494428, 0.022647870960817029)]
    [InlineData(0, 50, 3, 50, -0.021496383126532998, 0.16217091688838173)]
    [InlineData(0, 10, 10, 10, 0.60750935043052416, 1)]
    [InlineData(10_000, 100_000, 13_000, 100_000, 0.027207067942331608, 0.032793687390548086)]
    public void Newcombe_agrees_with_its_formula_and_paper(long x, long n, long y, long m, double low, double high)
    {
        var result = RateDifference.Newcombe(x, n, y, m).Answer();

        result.Interval.ShouldSpan(low, high, 0.95, 1e-11);
        result.Estimate.ShouldBe(((double)y / m) - ((double)x / n), 1e-16);
        result.StandardError.ShouldBeNull();
        result.P.ShouldBeNull();
        result.N.ShouldBe(n + m);
        result.Method.ShouldBe("Newcombe's hybrid score interval");
        result.Reference.ShouldContain("method 10");
    }

    [Theory]
    [InlineData(200, 4000, 250, 4000, 0.0051583462452895215, 0.0023835802628834023, 0.022603925983993159)]
    [InlineData(0, 50, 3, 50, 0.04157173223785916, -0.023786790268838972, 0.13917140565345436)]
    [InlineData(0, 10, 10, 10, 0.11283386673105501, 0.6121830183040733, 1.0544836483625934)]
    public void Agresti_Caffo_agrees_with_its_formula_ends_past_1_included(long x, long n, long y, long m, double error, double low, double high)
    {
        var result = RateDifference.AgrestiCaffo(x, n, y, m).Answer();

        result.StandardError.ShouldAgree(error);
        result.Interval.ShouldSpan(low, high, 0.95, 1e-11);
        result.Estimate.ShouldBe(((double)y / m) - ((double)x / n), 1e-16);
        result.N.ShouldBe(n + m);
        result.Method.ShouldBe("Agresti-Caffo interval");
        result.Reference.ShouldContain("2000");
    }

    [Fact]
    public void Alpha_sets_the_width_of_every_interval()
    {
        RateDifference.Compare(5, 20, 9, 25, 0.1).Answer().Interval.ShouldSpan(-0.11793041630285087, 0.31500716109526541, 0.9);
        RateDifference.Newcombe(5, 20, 9, 25, 0.1).Answer().Interval.ShouldSpan(-0.11793041630285087, 0.31500716109526541, 0.9);
        RateDifference.Wald(5, 20, 9, 25, 0.1).Answer().Interval.ShouldSpan(-0.11427384679246007, 0.33427384679246007, 0.9);
        RateDifference.AgrestiCaffo(5, 20, 9, 25, 0.1).Answer().Interval.ShouldSpan(-0.12089768171053299, 0.31618387699672827, 0.9);
    }

    [Fact]
    public void Swapping_the_arms_turns_every_sign()
    {
        var forth = RateDifference.Compare(17, 90, 31, 110).Answer();
        var back = RateDifference.Compare(31, 110, 17, 90).Answer();

        back.Estimate.ShouldBe(-forth.Estimate);
        back.Statistic.ShouldBe(-forth.Statistic);
        back.P.ShouldBe(forth.P);
        back.Interval.ShouldSpan(-forth.Interval!.Value.High, -forth.Interval!.Value.Low, 0.95);
    }

    [Fact]
    public void An_empty_arm_has_no_interval()
    {
        RateDifference.Wald(0, 0, 3, 20).Refusal().ShouldBe("the control has no trials; a rate needs 1");
        RateDifference.Newcombe(3, 20, 0, 0).Refusal().ShouldBe("the treatment has no trials; a rate needs 1");
        RateDifference.AgrestiCaffo(0, 0, 0, 0).Refusal().ShouldBe("neither arm has trials; a rate needs 1");
    }

    public static TheoryData<long, long, long, long, double> Wrong =>
        new()
        {
            { -1, 5, 1, 5, 0.05 },
            { 6, 5, 1, 5, 0.05 },
            { 1, 5, 6, 5, 0.05 },
            { 1, 5, 1, -5, 0.05 },
            { 1, 5, 1, 5, 0 },
            { 1, 5, 1, 5, 1 },
            { 1, 4_503_599_627_370_497, 1, 4_503_599_627_370_496, 0.05 },
            { 1, long.MaxValue, 1, long.MaxValue, 0.05 },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_counts_and_alphas_are_refused(long x, long n, long y, long m, double alpha)
    {
        Should.Throw<AssayException>(() => RateDifference.Compare(x, n, y, m, alpha));
        Should.Throw<AssayException>(() => RateDifference.Wald(x, n, y, m, alpha));
        Should.Throw<AssayException>(() => RateDifference.Newcombe(x, n, y, m, alpha));
        Should.Throw<AssayException>(() => RateDifference.AgrestiCaffo(x, n, y, m, alpha));
    }

    [Fact]
    public void A_refusal_names_the_arm()
    {
        Should.Throw<AssayException>(() => RateDifference.Compare(6, 5, 1, 5)).Message.ShouldContain("control");
        Should.Throw<AssayException>(() => RateDifference.Compare(1, 5, 6, 5)).Message.ShouldContain("treatment");
        Should.Throw<AssayException>(() => RateDifference.Compare(1, long.MaxValue, 1, 5)).Message.ShouldStartWith("The trials of both arms");
    }
}
