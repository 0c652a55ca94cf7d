using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits: the roots of Fieller's quadratic in the ratio of means, less 1.</summary>
public sealed class RelativeDifferenceTests
{
    private static readonly Moments Low = Moments.Of([10.2, 11.9, 9.7, 12.4, 10.8, 11.1]);
    private static readonly Moments High = Moments.Of([12.5, 11.7, 13.9, 12.2, 14.4]);
    private static readonly Moments MinusLow = Moments.Of([-10.2, -11.9, -9.7, -12.4, -10.8, -11.1]);
    private static readonly Moments MinusHigh = Moments.Of([-12.5, -11.7, -13.9, -12.2, -14.4]);

    [Fact]
    public void A_rise_agrees_with_fifty_digits()
    {
        var result = RelativeDifference.Compare(Low, High).Value();

        result.Estimate.ShouldBeNear(0.17458396369137669538);
        result.StandardError.ShouldBeNear(0.064400667061766830357);
        result.Statistic.ShouldBeNear(2.9054463860652714187);
        result.DegreesOfFreedom.ShouldBeNear(8.1165418861873326768);
        result.P!.Value.Value.ShouldBeNear(0.019425198863575682088);
        result.Interval!.Value.Low.ShouldBeNear(0.034479497125868791598, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(0.33239652632353412787, 1e-11);
        result.Interval!.Value.Confidence.ShouldBe(0.95);
        result.N.ShouldBe(11);
        result.Method.ShouldBe("relative difference of means, Fieller's interval");
        result.Reference.ShouldContain("Fieller (1954)");
    }

    [Fact]
    public void A_fall_agrees_with_fifty_digits()
    {
        var result = RelativeDifference.Compare(High, Low).Value();

        result.Estimate.ShouldBeNear(-0.1486347243688820148);
        result.StandardError.ShouldBeNear(0.046679073917848267851);
        result.Statistic.ShouldBeNear(-2.9054463860652714187);
        result.Interval!.Value.Low.ShouldBeNear(-0.24947267555606130675, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(-0.033330285638008685271, 1e-11);
    }

    [Fact]
    public void The_sign_is_that_of_the_difference_also_when_means_are_negative()
    {
        var result = RelativeDifference.Compare(MinusLow, MinusHigh).Value();

        result.Estimate.ShouldBeNear(-0.17458396369137669538);
        result.StandardError.ShouldBeNear(0.064400667061766830357);
        result.Statistic.ShouldBeNear(-2.9054463860652714187);
        result.Interval!.Value.Low.ShouldBeNear(-0.33239652632353412787, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(-0.034479497125868791598, 1e-11);
    }

    [Fact]
    public void A_claim_of_more_bounds_from_below()
    {
        var rise = RelativeDifference.Compare(Low, High, 0.05, Alternative.Greater).Value();
        var fall = RelativeDifference.Compare(MinusLow, MinusHigh, 0.05, Alternative.Greater).Value();

        rise.P!.Value.Value.ShouldBeNear(0.0097125994317878410439);
        rise.Interval!.Value.Low.ShouldBeNear(0.060370039643893766236, 1e-11);
        rise.Interval!.Value.High.ShouldBeNull();
        fall.Interval!.Value.Low.ShouldBeNear(-0.30029738969013316429, 1e-11);
        fall.Interval!.Value.High.ShouldBeNull();
    }

    [Fact]
    public void A_claim_of_less_bounds_from_above()
    {
        var result = RelativeDifference.Compare(High, Low, 0.05, Alternative.Less).Value();

        result.P!.Value.Value.ShouldBeNear(0.0097125994317878410439);
        result.Interval!.Value.Low.ShouldBeNull();
        result.Interval!.Value.High.ShouldBeNear(-0.05693299262224341968, 1e-11);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.3)]
    [InlineData(1.7)]
    [InlineData(2.3)]
    [InlineData(3.1)]
    public void The_interval_holds_zero_exactly_when_Welchs_test_sees_no_difference(double shift)
    {
        var treatment = Moments.Of([10.5 + shift, 9.7 + shift, 11.9 + shift, 10.2 + shift, 9.4 + shift]);
        var lift = RelativeDifference.Compare(Low, treatment).Value();
        var test = WelchTest.Compare(Low, treatment).Value();

        lift.P.ShouldBe(test.P);
        lift.Interval!.Value.Contains(0).ShouldBe(test.Interval!.Value.Contains(0));
    }

    [Fact]
    public void A_control_that_may_be_zero_has_no_bounded_lift()
    {
        var near = Moments.FromSummary(100, 0.15, 1);

        RelativeDifference
            .Compare(near, High)
            .Reason()
            .ShouldBe("the control's mean (0.15) is not separated from 0 at alpha 0.05, so the difference as a fraction of it has no bounds");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    public void A_control_is_separated_from_zero_when_its_own_interval_leaves_zero_out(double mean)
    {
        // Both arms have 50 degrees of freedom or more in all; t is near 2, the standard error is 0.1: at 0.1·t the lift loses its bounds.
        var treatment = Moments.FromSummary(2, 1, 0);
        var interval = MeanInterval.Of(Moments.FromSummary(100, mean, 1)).Value().Interval!.Value;
        var half = (interval.High!.Value - interval.Low!.Value) / 2;
        var sign = Math.Sign(mean);

        RelativeDifference.Compare(Moments.FromSummary(100, sign * half * (1 + 1e-9), 1), treatment).ShouldBeOfType<Computed>();
        RelativeDifference.Compare(Moments.FromSummary(100, sign * half * (1 - 1e-9), 1), treatment).Reason().ShouldContain("not separated from 0");
    }

    [Fact]
    public void A_control_of_zeros_has_no_lift() =>
        RelativeDifference.Compare(Moments.Of([0, 0, 0]), High).Reason().ShouldStartWith("the control's mean (0) is not separated from 0");

    [Fact]
    public void A_treatment_of_zeros_has_lost_all()
    {
        var result = RelativeDifference.Compare(Low, Moments.Of([0, 0, 0])).Value();

        result.Estimate.ShouldBe(-1);
        result.Interval!.Value.Low.ShouldBeNear(-1);
        result.Interval!.Value.High.ShouldBeNear(-1);
    }

    [Fact]
    public void An_offset_does_not_cost_the_digits_of_the_lift()
    {
        // The shift is 8 units in the last place of 1e15; the lift is 1e-15 to all digits.
        var result = RelativeDifference.Compare(Moments.Of([1e15, 1e15 + 1, 1e15 + 2]), Moments.Of([1e15 + 1, 1e15 + 2, 1e15 + 3])).Value();

        result.Estimate.ShouldBe(1 / (1e15 + 1), 1e-29);
    }

    [Fact]
    public void Arms_without_variance_have_no_lift() =>
        RelativeDifference.Compare(Moments.Of([5, 5]), Moments.Of([6, 6])).Reason().ShouldBe("both arms have no variance");

    [Fact]
    public void Too_few_values_are_named() =>
        RelativeDifference.Compare(Low, Moments.Of([6.0])).Reason().ShouldBe("the treatment has 1 value; a variance needs 2");

    [Fact]
    public void Arithmetic_that_leaves_a_double_is_said() =>
        RelativeDifference.Compare(Moments.FromSummary(2, -1e308, 1e300), Moments.FromSummary(2, 1e308, 1e300)).Reason().ShouldContain("range of a double");
}
