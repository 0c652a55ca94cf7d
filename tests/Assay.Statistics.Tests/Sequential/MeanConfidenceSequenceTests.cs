using Assay.Statistics.Samples;
using Assay.Statistics.Sequential;

namespace Assay.Statistics.Tests.Sequential;

public sealed class MeanConfidenceSequenceTests
{
    // mpmath, 60 digits.
    [Theory]
    [InlineData(5000, 10, 5, 10.3, 5, -0.006147721886740978, 0.6061477218867424, 0.0595788924831377, -1.2249075741812714)]
    [InlineData(500_000, 1, 1, 1.0005, 1, -0.006813072932369668, 0.007813072932369557, 1, 0)]
    public void Interval_and_p_are_the_published_ones(
        long perArm,
        double controlMean,
        double controlSd,
        double treatmentMean,
        double treatmentSd,
        double low,
        double high,
        double p,
        double log10P
    )
    {
        var result = MeanConfidenceSequence
            .Compare(Moments.FromSummary(perArm, controlMean, controlSd), Moments.FromSummary(perArm, treatmentMean, treatmentSd))
            .AsComputed.ShouldNotBeNull();

        result.Interval!.Value.Low!.Value.ShouldBe(low, 1e-14);
        result.Interval!.Value.High!.Value.ShouldBe(high, 1e-14);
        result.Interval!.Value.Confidence.ShouldBe(0.95);
        result.P!.Value.Value.ShouldBe(p, 1e-13);
        result.P!.Value.Log10.ShouldBe(log10P, 1e-12);
        result.N.ShouldBe(2 * perArm);
        result.Estimate.ShouldBe(treatmentMean - controlMean, 1e-15);
        result.StandardError!.Value.ShouldBe(controlSd * Math.Sqrt(2.0 / perArm), 1e-15);
        result.Statistic!.Value.ShouldBe(result.Estimate / result.StandardError!.Value, 1e-12);
    }

    // mpmath 1.2.1, 40 digits.
    [Theory]
    [InlineData(5000, 10, 5, 5000, 10.3, 5, 0.05, 5000, Alternative.Greater, 0.019866927615262822, null, -1.5378132856103128)]
    [InlineData(5000, 10, 5, 5000, 10.3, 5, 0.05, 5000, Alternative.Less, null, 0.58013307238473718, 0.0)]
    [InlineData(5000, 10, 5, 5000, 9.5, 5, 0.05, 5000, Alternative.Less, null, -0.21986692761526282, -4.7645370974751491)]
    [InlineData(5000, 10, 5, 5000, 9.5, 5, 0.05, 5000, Alternative.Greater, -0.78013307238473718, null, 0.0)]
    [InlineData(900, 1, 2, 100, 2, 3, 0.01, 500, Alternative.TwoSided, -0.10499460988203988, 2.1049946098820399, -1.5129591071151911)]
    [InlineData(900, 1, 2, 100, 2, 3, 0.01, 500, Alternative.Greater, -0.0385903582391989, null, -1.8268099249065238)]
    [InlineData(100_000, 0, 1, 100_000, 5, 1, 0.05, 5000, Alternative.TwoSided, 4.9846429510117181, 5.0153570489882819, -270580.42942884765)]
    [InlineData(100_000, 0, 1, 100_000, 5, 1, 0.05, 5000, Alternative.Greater, 4.9857201298985045, null, -270365.16081020928)]
    [InlineData(10, 0, 1, 10, 0.5, 1, 0.05, 100, Alternative.Greater, -0.90980618048975898, null, 0.0)]
    [InlineData(10, 0, 1, 10, 0, 1, 0.05, 100, Alternative.Greater, -1.4098061804897590, null, 0.0)]
    public void Claims_arms_and_tunings_of_every_kind_follow_the_formula(
        long controlN,
        double controlMean,
        double controlSd,
        long treatmentN,
        double treatmentMean,
        double treatmentSd,
        double alpha,
        long tuningN,
        Alternative alternative,
        double? low,
        double? high,
        double log10P
    )
    {
        var result = MeanConfidenceSequence
            .Compare(
                Moments.FromSummary(controlN, controlMean, controlSd),
                Moments.FromSummary(treatmentN, treatmentMean, treatmentSd),
                alpha,
                tuningN,
                alternative
            )
            .AsComputed.ShouldNotBeNull();

        result.Interval!.Value.Low.HasValue.ShouldBe(low.HasValue);
        result.Interval!.Value.High.HasValue.ShouldBe(high.HasValue);
        result.Interval!.Value.Low.GetValueOrDefault().ShouldBe(low.GetValueOrDefault(), 1e-12);
        result.Interval!.Value.High.GetValueOrDefault().ShouldBe(high.GetValueOrDefault(), 1e-12);
        result.Interval!.Value.Confidence.ShouldBe(1 - alpha);
        result.P!.Value.Log10.ShouldBe(log10P, 1e-12 + (Math.Abs(log10P) * 1e-14));
    }

    [Theory]
    [InlineData(1000, 3, 2, 0.05, 5000, 2.7872490598688499, 3.2127509401311501)]
    [InlineData(10, -1, 0.5, 0.2, 50, -1.4482973658574741, -0.55170263414252591)]
    public void One_mean_has_the_same_interval(long n, double mean, double sd, double alpha, long tuningN, double low, double high)
    {
        var result = MeanConfidenceSequence.Of(Moments.FromSummary(n, mean, sd), alpha, tuningN).AsComputed.ShouldNotBeNull();

        result.Interval!.Value.Low!.Value.ShouldBe(low, 1e-13);
        result.Interval!.Value.High!.Value.ShouldBe(high, 1e-13);
        result.Interval!.Value.Confidence.ShouldBe(1 - alpha);
        result.Estimate.ShouldBe(mean);
        result.N.ShouldBe(n);
        result.StandardError!.Value.ShouldBe(sd / Math.Sqrt(n), 1e-15);
        result.P.ShouldBeNull();
    }

    [Theory]
    [InlineData(Alternative.TwoSided)]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    public void The_interval_ends_at_zero_where_p_is_alpha(Alternative alternative)
    {
        for (var shift = -1.0; shift <= 1; shift += 0.01)
        {
            var result = MeanConfidenceSequence
                .Compare(Moments.FromSummary(300, 0, 1), Moments.FromSummary(200, shift, 2), 0.1, 400, alternative)
                .AsComputed.ShouldNotBeNull();

            result.P!.Value.IsAtMost(0.1).ShouldBe(!result.Interval!.Value.Contains(0), $"{shift}");
        }
    }

    [Fact]
    public void A_large_alpha_has_a_one_sided_interval_too()
    {
        // 2α is no alpha from ½ on; the tuning then stays at ½.
        var result = MeanConfidenceSequence.Compare(
            Moments.FromSummary(100, 0, 1),
            Moments.FromSummary(100, 0, 1),
            alpha: 0.6,
            alternative: Alternative.Greater
        );

        result.AsComputed.ShouldNotBeNull().Interval!.Value.Low!.Value.ShouldBeLessThan(0);
    }

    [Fact]
    public void A_sequence_with_an_early_tuning_starts_at_ten_values_per_arm()
    {
        var nine = Moments.FromSummary(9, 0, 1);
        var ten = Moments.FromSummary(10, 0, 1);

        MeanConfidenceSequence.Compare(nine, ten, tuningN: 999).Reason().ShouldBe("the control has 9 values; a confidence sequence tuned for 999 starts at 10");
        MeanConfidenceSequence
            .Compare(ten, nine, tuningN: 999)
            .Reason()
            .ShouldBe("the treatment has 9 values; a confidence sequence tuned for 999 starts at 10");
        MeanConfidenceSequence.Of(nine, tuningN: 10).Reason().ShouldBe("the sample has 9 values; a confidence sequence tuned for 10 starts at 10");
        MeanConfidenceSequence.Compare(ten, ten, tuningN: 999).AsComputed.ShouldNotBeNull();
        MeanConfidenceSequence.Of(ten, tuningN: 10).AsComputed.ShouldNotBeNull();
    }

    [Fact]
    public void A_sequence_with_a_late_tuning_starts_at_two_values_per_arm()
    {
        var one = Moments.FromSummary(1, 0, 0);
        var two = Moments.FromSummary(2, 0, 1);

        MeanConfidenceSequence.Compare(one, two).Reason().ShouldBe("the control has 1 value; a confidence sequence tuned for 5000 starts at 2");
        MeanConfidenceSequence.Compare(two, two, tuningN: 1000).AsComputed.ShouldNotBeNull();
        MeanConfidenceSequence.Of(two).AsComputed.ShouldNotBeNull();
    }

    [Fact]
    public void An_arm_without_variance_is_no_winner()
    {
        var equal = Moments.FromSummary(100, 1, 0);
        var varied = Moments.FromSummary(100, 0, 1);

        MeanConfidenceSequence.Compare(equal, varied).Reason().ShouldBe("all 100 values of the control are equal; a confidence sequence needs variance");
        MeanConfidenceSequence.Compare(varied, equal).Reason().ShouldBe("all 100 values of the treatment are equal; a confidence sequence needs variance");
        MeanConfidenceSequence.Of(equal).Reason().ShouldBe("all 100 values of the sample are equal; a confidence sequence needs variance");
    }

    [Fact]
    public void Values_that_are_not_finite_are_named()
    {
        var holed = Moments.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, double.NaN]);

        MeanConfidenceSequence.Of(holed).Reason().ShouldBe("the sample has 1 value that is not finite (NaN or infinity)");
    }

    [Fact]
    public void Variances_beyond_a_double_give_no_result()
    {
        var far = Moments.Of([-1e300, 1e300, -1e300, 1e300, -1e300, 1e300, -1e300, 1e300, -1e300, 1e300]);

        MeanConfidenceSequence.Of(far).Reason().ShouldStartWith("the arithmetic left the range of a double");
        MeanConfidenceSequence.Compare(far, far).Reason().ShouldStartWith("the arithmetic left the range of a double");
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        var ten = Moments.FromSummary(10, 0, 1);

        Should.Throw<AssayException>(() => MeanConfidenceSequence.Of(ten, alpha: 0)).Message.ShouldStartWith("alpha is ");
        Should.Throw<AssayException>(() => MeanConfidenceSequence.Of(ten, tuningN: 0)).Message.ShouldBe("tuningN is 0; it must be at least 1.");
        Should.Throw<AssayException>(() => MeanConfidenceSequence.Compare(ten, ten, alpha: 1)).Message.ShouldStartWith("alpha is ");
        Should.Throw<AssayException>(() => MeanConfidenceSequence.Compare(ten, ten, tuningN: 0)).Message.ShouldStartWith("tuningN is 0");
        MeanConfidenceSequence.Of(ten, tuningN: 1).AsComputed.ShouldNotBeNull();
    }
}
