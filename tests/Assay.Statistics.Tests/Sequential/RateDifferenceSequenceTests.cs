using Assay.Statistics.Sequential;

namespace Assay.Statistics.Tests.Sequential;

public sealed class RateDifferenceSequenceTests
{
    // mpmath 1.2.1, 50 digits: golden-section search over the pairs of rates, ends by bisection.
    [Theory]
    [InlineData(5, 50, 15, 50, 0.05, 0.2, -1.1372679232616241, -0.10835563888330615, 0.49944858866996779)]
    [InlineData(0, 10, 0, 10, 0.05, 0.0, -3.4723045931929035, -0.47628293180364219, 0.47628293180364219)]
    [InlineData(0, 20, 20, 20, 0.05, 1.0, 23.572926364103038, 0.67268455256622786, 1.0)]
    [InlineData(20, 20, 0, 20, 0.05, -1.0, 23.572926364103038, -1.0, -0.67268455256622786)]
    [InlineData(50, 1000, 80, 1000, 0.05, 0.03, -3.6273599493720532, -0.020474030324274984, 0.082351805725667405)]
    [InlineData(1, 900, 6, 100, 0.01, 0.058888888888888889, 5.006332520018501, 0.0005295848819624887, 0.23018203650772525)]
    [InlineData(0, 30, 3, 30, 0.05, 0.1, -2.0632173102890894, -0.14775633395567235, 0.41127214756803168)]
    [InlineData(30, 30, 25, 30, 0.05, -0.16666666666666667, -0.52295574755671898, -0.49835674515683903, 0.10172474652360884)]
    [InlineData(5000, 50000, 5400, 50000, 0.05, 0.008, -2.6843167829725805, -0.002312699799243424, 0.018319876780834222)]
    public void Evidence_and_ends_are_those_of_the_product(
        long controlSuccesses,
        long controlTrials,
        long treatmentSuccesses,
        long treatmentTrials,
        double alpha,
        double difference,
        double logEvidence,
        double low,
        double high
    )
    {
        var result = RateDifferenceSequence.Compare(controlSuccesses, controlTrials, treatmentSuccesses, treatmentTrials, alpha).AsComputed.ShouldNotBeNull();

        result.Estimate.ShouldBe(difference, 1e-15);
        result.N.ShouldBe(controlTrials + treatmentTrials);
        result.Statistic!.Value.ShouldBe(logEvidence, 1e-11);
        result.P!.Value.Value.ShouldBe(Math.Min(1, Math.Exp(-logEvidence)), 1e-12);
        result.Interval!.Value.Low!.Value.ShouldBe(low, 1e-11);
        result.Interval!.Value.High!.Value.ShouldBe(high, 1e-11);
        result.Interval!.Value.Confidence.ShouldBe(1 - alpha);
    }

    [Fact]
    public void A_claim_keeps_one_end_and_the_evidence_on_its_side()
    {
        var both = RateDifferenceSequence.Compare(5, 50, 40, 50).AsComputed!;
        var greater = RateDifferenceSequence.Compare(5, 50, 40, 50, alternative: Alternative.Greater).AsComputed!;
        var less = RateDifferenceSequence.Compare(5, 50, 40, 50, alternative: Alternative.Less).AsComputed!;

        greater.Interval.ShouldBe(new Interval(both.Interval!.Value.Low, null, 0.95));
        less.Interval.ShouldBe(new Interval(null, both.Interval!.Value.High, 0.95));
        greater.P.ShouldBe(both.P);
        less.P!.Value.Value.ShouldBe(1);
        RateDifferenceSequence.Compare(40, 50, 5, 50, alternative: Alternative.Less).AsComputed!.P.ShouldBe(both.P);
        RateDifferenceSequence.Compare(40, 50, 5, 50, alternative: Alternative.Greater).AsComputed!.P!.Value.Value.ShouldBe(1);
    }

    [Fact]
    public void Equal_rates_are_no_evidence_for_any_claim()
    {
        foreach (var alternative in Enum.GetValues<Alternative>())
        {
            RateDifferenceSequence.Compare(5, 50, 10, 100, alternative: alternative).AsComputed!.P!.Value.Value.ShouldBe(1);
        }
    }

    [Fact]
    public void The_interval_excludes_zero_exactly_when_p_is_at_most_alpha()
    {
        for (var successes = 0; successes <= 40; successes++)
        {
            var result = RateDifferenceSequence.Compare(10, 50, successes, 40, 0.1).AsComputed!;

            result.P!.Value.IsAtMost(0.1).ShouldBe(!result.Interval!.Value.Contains(0), $"{successes}");
        }
    }

    [Fact]
    public void Swapping_the_arms_turns_the_interval_over()
    {
        var forth = RateDifferenceSequence.Compare(3, 70, 9, 40).AsComputed!;
        var back = RateDifferenceSequence.Compare(9, 40, 3, 70).AsComputed!;

        forth.Interval!.Value.Low!.Value.ShouldBe(-back.Interval!.Value.High!.Value, 1e-13);
        forth.Interval!.Value.High!.Value.ShouldBe(-back.Interval!.Value.Low!.Value, 1e-13);
        forth.Statistic!.Value.ShouldBe(back.Statistic!.Value, 1e-13);
    }

    [Fact]
    public void It_is_narrower_than_two_one_arm_intervals_at_half_alpha()
    {
        var joint = RateDifferenceSequence.Compare(5, 50, 15, 50).AsComputed!.Interval!.Value;
        var control = RateConfidenceSequence.Of(5, 50, 0.025).AsComputed!.Interval!.Value;
        var treatment = RateConfidenceSequence.Of(15, 50, 0.025).AsComputed!.Interval!.Value;

        (joint.High - joint.Low)!.Value.ShouldBeLessThan((treatment.High - control.Low - (treatment.Low - control.High))!.Value);
    }

    [Fact]
    public void An_arm_without_trials_has_no_rate()
    {
        RateDifferenceSequence.Compare(0, 0, 1, 2).Reason().ShouldBe("the control has no trials; a rate needs 1");
        RateDifferenceSequence.Compare(1, 2, 0, 0).Reason().ShouldBe("the treatment has no trials; a rate needs 1");
    }

    [Fact]
    public void Counts_and_alpha_are_checked()
    {
        Should.Throw<AssayException>(() => RateDifferenceSequence.Compare(2, 1, 1, 2)).Message.ShouldStartWith("The control has 2 successes");
        Should.Throw<AssayException>(() => RateDifferenceSequence.Compare(1, 2, 2, 1)).Message.ShouldStartWith("The treatment has 2 successes");
        Should.Throw<AssayException>(() => RateDifferenceSequence.Compare(1, 2, 1, 2, alpha: 0));
        Should.Throw<AssayException>(() => RateDifferenceSequence.Compare(1, 2, 1, long.MaxValue)).Message.ShouldStartWith("The arms have 2 and");
    }

    // A look after every pair of trials, every path enumerated: equal rates are called different with probability at most alpha.
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Looking_after_every_pair_errs_no_more_often_than_alpha(double rate)
    {
        const double Alpha = 0.5;
        double[] step = [(1 - rate) * (1 - rate), rate * (1 - rate), rate * rate];
        var alive = new double[1, 1]
        {
            { 1 },
        };
        var called = 0.0;
        for (var n = 1; n <= 8; n++)
        {
            var next = new double[n + 1, n + 1];
            for (var control = 0; control <= n; control++)
            {
                for (var treatment = 0; treatment <= n; treatment++)
                {
                    var mass = 0.0;
                    for (var move = 0; move < 4; move++)
                    {
                        var (c, t) = (control - (move & 1), treatment - (move >> 1));
                        mass += c >= 0 && t >= 0 && c < n && t < n ? alive[c, t] * step[(move & 1) + (move >> 1)] : 0;
                    }

                    var calls = RateDifferenceSequence.Compare(control, n, treatment, n, Alpha).AsComputed!.P!.Value.IsAtMost(Alpha);
                    next[control, treatment] = calls ? 0 : mass;
                    called += calls ? mass : 0;
                }
            }

            alive = next;
        }

        called.ShouldBeInRange(0.01, Alpha);
    }
}
