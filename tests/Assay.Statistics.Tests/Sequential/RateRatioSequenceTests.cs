using Assay.Statistics.Sequential;

namespace Assay.Statistics.Tests.Sequential;

public sealed class RateRatioSequenceTests
{
    // mpmath 1.2.1, 50 digits: ln Γ and the incomplete beta function, ends by bisection.
    [Theory]
    [InlineData(3, 12, 0.5, 0.05, Alternative.TwoSided, 20, 4.0, 1.5336088220942452, 0.74826552055188934, 46.879244345373147)]
    [InlineData(0, 8, 0.5, 0.05, Alternative.TwoSided, 20, 17.0, 3.1228597552942313, 1.0325572326322326, null)]
    [InlineData(8, 0, 0.5, 0.05, Alternative.TwoSided, 20, 0.0, 3.1228597552942313, 0.0, 0.9684693190814842)]
    [InlineData(90, 25, 0.1, 0.05, Alternative.TwoSided, 20, 2.5, 4.2092716298966686, 1.0978062141379858, 5.1014313593725497)]
    [InlineData(90, 25, 0.1, 0.05, Alternative.Greater, 20, 2.5, 5.4442566538122105, 1.2293468894263048, null)]
    [InlineData(90, 25, 0.1, 0.05, Alternative.Less, 20, 2.5, -4.2433945122559471, null, 5.0743098525584933)]
    [InlineData(500, 400, 0.5, 0.01, Alternative.Less, 200, 0.8, 4.1616865904738217, null, 1.0090169268152476)]
    [InlineData(3, 12, 0.5, 0.05, Alternative.Greater, 20, 4.0, 2.2148531943496696, 0.83513134151737553, null)]
    [InlineData(0, 8, 0.5, 0.05, Alternative.Greater, 20, 17.0, 3.8132046267831745, 1.2968877877963943, null)]
    [InlineData(8, 0, 0.5, 0.05, Alternative.Less, 20, 0.0, 3.8132046267831745, null, 0.7710767341707713)]
    [InlineData(8, 0, 0.5, 0.05, Alternative.Greater, 20, 0.0, -2.0627054249136041, 0.0, null)]
    [InlineData(0, 8, 0.5, 0.05, Alternative.Less, 20, 17.0, -2.0627054249136041, null, null)]
    [InlineData(1000, 1200, 0.5, 0.05, Alternative.TwoSided, 500, 1.2, 7.05878603563796, 1.0477053619657484, 1.3752025307789329)]
    public void Evidence_and_ends_are_those_of_the_mixture(
        long control,
        long treatment,
        double share,
        double alpha,
        Alternative alternative,
        long tuningN,
        double estimate,
        double logEvidence,
        double? low,
        double? high
    )
    {
        var result = RateRatioSequence.Compare(control, treatment, share, alpha, alternative, tuningN).AsComputed.ShouldNotBeNull();

        result.Estimate.ShouldBe(estimate, 1e-300 + (estimate * 1e-14));
        result.N.ShouldBe(control + treatment);
        result.Statistic!.Value.ShouldBe(logEvidence, 1e-11);
        result.P!.Value.Value.ShouldBe(Math.Min(1, Math.Exp(-logEvidence)), 1e-11);
        ShouldBeEnd(result.Interval!.Value.Low, low);
        ShouldBeEnd(result.Interval!.Value.High, high);
        result.Interval!.Value.Confidence.ShouldBe(1 - alpha);
    }

    [Fact]
    public void Evidence_far_beyond_a_double_keeps_its_logarithm()
    {
        var result = RateRatioSequence.Compare(1_000, 5_000).AsComputed.ShouldNotBeNull();

        result.P!.Value.Value.ShouldBe(0);
        result.P!.Value.Log10.ShouldBe(-result.Statistic!.Value / Math.Log(10), 1e-9);
        result.Statistic!.Value.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void The_interval_excludes_one_exactly_when_p_is_at_most_alpha()
    {
        for (var treatment = 0; treatment <= 60; treatment++)
        {
            foreach (var alternative in Enum.GetValues<Alternative>())
            {
                var result = RateRatioSequence.Compare(20, treatment, 0.4, 0.05, alternative).AsComputed.ShouldNotBeNull();

                result.P!.Value.IsAtMost(0.05).ShouldBe(!result.Interval!.Value.Contains(1), $"{treatment} {alternative}");
            }
        }
    }

    [Fact]
    public void Swapping_the_arms_turns_the_ratio_over()
    {
        var forth = RateRatioSequence.Compare(12, 30, 0.3).AsComputed!;
        var back = RateRatioSequence.Compare(30, 12, 0.7).AsComputed!;

        forth.Statistic!.Value.ShouldBe(back.Statistic!.Value, 1e-12);
        (forth.Interval!.Value.Low!.Value * back.Interval!.Value.High!.Value).ShouldBe(1, 1e-12);
        (forth.Interval!.Value.High!.Value * back.Interval!.Value.Low!.Value).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Eight_failures_against_none_are_seen_and_seven_are_not()
    {
        RateRatioSequence.Compare(0, 8).AsComputed!.P!.Value.IsAtMost(0.05).ShouldBeTrue();
        RateRatioSequence.Compare(0, 7).AsComputed!.P!.Value.IsAtMost(0.05).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_success_there_is_no_ratio() =>
        RateRatioSequence.Compare(0, 0).Reason().ShouldBe("neither arm has a success; a ratio of rates needs 1");

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Should.Throw<AssayException>(() => RateRatioSequence.Compare(-1, 0)).Message.ShouldStartWith("The control has a negative count");
        Should.Throw<AssayException>(() => RateRatioSequence.Compare(0, -1)).Message.ShouldStartWith("The treatment has a negative count");
        Should.Throw<AssayException>(() => RateRatioSequence.Compare(1, 1, treatmentShare: 1)).Message.ShouldStartWith("treatmentShare is ");
        Should.Throw<AssayException>(() => RateRatioSequence.Compare(1, 1, alpha: 0)).Message.ShouldStartWith("alpha is ");
        Should.Throw<AssayException>(() => RateRatioSequence.Compare(1, 1, tuningN: 0)).Message.ShouldStartWith("tuningN is 0");
        Should
            .Throw<AssayException>(() => RateRatioSequence.Compare(1, long.MaxValue))
            .Message.ShouldBe("The arms have 1 and 9223372036854775807 outcomes, more than can be counted.");
        RateRatioSequence.Compare(long.MaxValue / 2, (long.MaxValue / 2) + 1).AsComputed.ShouldNotBeNull().N.ShouldBe(long.MaxValue);
    }

    // Every path of 40 successes, by enumeration: equal rates are called different at some look with probability at most alpha.
    [Theory]
    [InlineData(0.5, Alternative.TwoSided)]
    [InlineData(0.1, Alternative.TwoSided)]
    [InlineData(0.1, Alternative.Greater)]
    [InlineData(0.1, Alternative.Less)]
    public void Looking_after_every_success_errs_no_more_often_than_alpha(double share, Alternative alternative)
    {
        const double Alpha = 0.2;
        var alive = new double[] { 1 };
        var called = 0.0;
        for (var n = 1; n <= 40; n++)
        {
            var next = new double[n + 1];
            for (var treatment = 0; treatment <= n; treatment++)
            {
                var mass = (treatment < n ? alive[treatment] * (1 - share) : 0) + (treatment > 0 ? alive[treatment - 1] * share : 0);
                var calls = RateRatioSequence.Compare(n - treatment, treatment, share, Alpha, alternative).AsComputed!.P!.Value.IsAtMost(Alpha);
                next[treatment] = calls ? 0 : mass;
                called += calls ? mass : 0;
            }

            alive = next;
        }

        called.ShouldBeInRange(0.02, Alpha);
    }

    private static void ShouldBeEnd(double? end, double? expected)
    {
        end.HasValue.ShouldBe(expected.HasValue);
        if (expected is { } value)
        {
            end!.Value.ShouldBe(value, 1e-300 + (value * 1e-11));
        }
    }
}
