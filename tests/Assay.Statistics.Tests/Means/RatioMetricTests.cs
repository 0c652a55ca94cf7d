using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits.</summary>
public sealed class RatioMetricTests
{
    private static readonly PairMoments Control = PairMoments.Of([1, 0, 3, 2, 0, 1, 4, 0, 2, 1], [10, 3, 12, 9, 1, 8, 20, 2, 7, 6]);
    private static readonly PairMoments Treatment = PairMoments.Of([2, 1, 3, 5, 1, 1, 4, 2], [9, 4, 10, 14, 2, 8, 12, 5]);

    public static TheoryData<string> Cases => ReferenceCases.Names("ratio_delta");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_ratio_agrees_with_sixty_digits(string name)
    {
        var (inputs, expected) = (ReferenceCases.Find(name).GetProperty("inputs"), ReferenceCases.Find(name).GetProperty("expected"));
        var pairs = PairMoments.Of(ReferenceCases.Series(inputs, "numerator"), ReferenceCases.Series(inputs, "denominator"));
        var result = RatioMetric.Of(pairs).Value();

        result.Estimate.ShouldBeNear(expected.GetProperty("ratio").GetDouble());
        result.StandardError.ShouldBeNear(expected.GetProperty("se").GetDouble());
        (result.StandardError * result.StandardError).ShouldBeNear(expected.GetProperty("variance_of_ratio").GetDouble());
    }

    [Fact]
    public void The_interval_is_normal()
    {
        var result = RatioMetric.Of(Control).Value();

        result.Interval!.Value.Low.ShouldBeNear(0.1346630811614057992, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(0.22431127781295317516, 1e-11);
        result.Interval!.Value.Confidence.ShouldBe(0.95);
        result.DegreesOfFreedom.ShouldBeNull();
        result.P.ShouldBeNull();
        result.N.ShouldBe(10);
        result.Method.ShouldBe("ratio of means, delta method");
        result.Reference.ShouldContain("Deng, Knoblich, Lu (2018)");
    }

    [Fact]
    public void Two_arms_agree_with_fifty_digits()
    {
        var result = RatioMetric.Compare(Control, Treatment).Value();

        result.Estimate.ShouldBeNear(0.11738782051282051282);
        result.StandardError.ShouldBeNear(0.039482362632934782408);
        result.Statistic.ShouldBeNear(2.9731711246403417806);
        result.P!.Value.Value.ShouldBeNear(0.002947400760757816888);
        result.Interval!.Value.Low.ShouldBeNear(0.040003811727718309912, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(0.19477182929792271573, 1e-11);
        result.N.ShouldBe(18);
        result.Method.ShouldBe("difference of ratios of means, delta method");
    }

    [Fact]
    public void A_one_sided_claim_bounds_from_one_side()
    {
        var more = RatioMetric.Compare(Control, Treatment, 0.05, Alternative.Greater).Value();
        var less = RatioMetric.Compare(Control, Treatment, 0.05, Alternative.Less).Value();

        more.P!.Value.Value.ShouldBeNear(0.001473700380378908444);
        more.Interval!.Value.Low.ShouldBeNear(0.052445113135424438192, 1e-11);
        more.Interval!.Value.High.ShouldBeNull();
        less.P!.Value.Value.ShouldBeNear(0.99852629961962109156);
        less.Interval!.Value.Low.ShouldBeNull();
        less.Interval!.Value.High.ShouldBeNear(0.18233052789021658745, 1e-11);
    }

    [Fact]
    public void A_constant_denominator_leaves_the_mean()
    {
        var ratio = RatioMetric.Of(PairMoments.Of([1, 2, 4, 7], [2, 2, 2, 2])).Value();
        var mean = MeanInterval.Of(Moments.Of([0.5, 1, 2, 3.5])).Value();

        ratio.Estimate.ShouldBeNear(mean.Estimate);
        ratio.StandardError.ShouldBeNear(mean.StandardError!.Value);
    }

    [Fact]
    public void A_negative_denominator_turns_the_sign()
    {
        var ratio = RatioMetric.Of(PairMoments.Of([1, 0, 3, 2, 0, 1, 4, 0, 2, 1], [-10, -3, -12, -9, -1, -8, -20, -2, -7, -6])).Value();

        ratio.Estimate.ShouldBeNear(-0.17948717948717948718);
        ratio.StandardError.ShouldBeNear(0.022869858160323584913);
    }

    [Fact]
    public void A_fixed_multiple_has_no_variance()
    {
        // 0.1 and 0.3 times the denominator are rounded in each unit.
        double[] denominator = [3, 7, 11, 19, 23];
        var tenth = PairMoments.Of([.. denominator.Select(x => 0.1 * x)], denominator);
        var third = PairMoments.Of([.. denominator.Select(x => 0.3 * x)], denominator);

        RatioMetric.Of(tenth).Reason().ShouldBe("the numerator is the same multiple of the denominator in every unit: the ratio has no variance");
        RatioMetric.Compare(tenth, third).Reason().ShouldBe("the ratios of both arms have no variance");
        RatioMetric.Compare(tenth, Treatment).ShouldBeOfType<Computed>();
        RatioMetric.Compare(Control, tenth).ShouldBeOfType<Computed>();
    }

    [Fact]
    public void A_denominator_with_mean_zero_has_no_ratio()
    {
        var zero = PairMoments.Of([1, 2, 3], [-1, 0, 1]);

        RatioMetric.Of(zero).Reason().ShouldBe("the denominator of the sample has mean 0");
        RatioMetric.Compare(zero, Treatment).Reason().ShouldBe("the denominator of the control has mean 0");
        RatioMetric.Compare(Control, zero).Reason().ShouldBe("the denominator of the treatment has mean 0");
    }

    [Fact]
    public void Too_few_units_are_named()
    {
        var one = PairMoments.Of([1], [2]);

        RatioMetric.Of(default).Reason().ShouldBe("the sample has no values; a variance needs 2");
        RatioMetric.Of(one).Reason().ShouldBe("the sample has 1 value; a variance needs 2");
        RatioMetric.Compare(one, Treatment).Reason().ShouldBe("the control has 1 value; a variance needs 2");
        RatioMetric.Compare(Control, one).Reason().ShouldBe("the treatment has 1 value; a variance needs 2");
    }

    [Fact]
    public void Units_that_are_not_finite_are_named() =>
        RatioMetric.Of(PairMoments.Of([1, 2, double.NaN], [2, 3, 1])).Reason().ShouldBe("the sample has 1 value that is not finite (NaN or infinity)");

    [Fact]
    public void Arithmetic_that_leaves_a_double_is_said()
    {
        var huge = PairMoments.Of([1e200, -1e200, 3e200], [1e200, 2e200, 5e200]);

        RatioMetric.Of(huge).Reason().ShouldContain("range of a double");
        RatioMetric.Compare(huge, Treatment).Reason().ShouldContain("range of a double");
    }

    [Fact]
    public void Alpha_lies_between_zero_and_one()
    {
        Should.Throw<AssayException>(() => RatioMetric.Of(Control, 0));
        Should.Throw<AssayException>(() => RatioMetric.Compare(Control, Treatment, 1));
    }
}
