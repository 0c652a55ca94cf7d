using Assay.Statistics.Means;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits, from the exact values of the doubles.</summary>
public sealed class PairedTTestTests
{
    private static readonly double[] Control = [12.1, 9.8, 11.4, 10.3, 13.7, 8.9];
    private static readonly double[] Treatment = [12.9, 10.1, 11.2, 11.8, 14.1, 9.9];

    [Fact]
    public void Six_pairs_agree_with_fifty_digits()
    {
        var result = PairedTTest.Compare(Control, Treatment).Value();

        result.Estimate.ShouldBeNear(0.6333333333333331557);
        result.StandardError.ShouldBeNear(0.24312776705080642923);
        result.Statistic.ShouldBeNear(2.604940361258635825);
        result.DegreesOfFreedom.ShouldBe(5);
        result.P!.Value.Value.ShouldBeNear(0.04796211813108512426);
        result.Interval!.Value.Low.ShouldBeNear(0.0083535116137126564016, 1e-10);
        result.Interval!.Value.High.ShouldBeNear(1.258313155052953655, 1e-11);
        result.N.ShouldBe(6);
        result.Method.ShouldBe("paired t test");
        result.Reference.ShouldContain("Student (1908)");
    }

    [Fact]
    public void A_claim_of_more_bounds_from_below()
    {
        var result = PairedTTest.Compare(Control, Treatment, 0.05, Alternative.Greater).Value();

        result.P!.Value.Value.ShouldBeNear(0.02398105906554256213);
        result.Interval!.Value.Low.ShouldBeNear(0.14341912182551521283, 1e-11);
        result.Interval!.Value.High.ShouldBeNull();
    }

    [Fact]
    public void A_claim_of_less_bounds_from_above()
    {
        var result = PairedTTest.Compare(Control, Treatment, 0.05, Alternative.Less).Value();

        result.P!.Value.Value.ShouldBeNear(0.97601894093445743787);
        result.Interval!.Value.Low.ShouldBeNull();
        result.Interval!.Value.High.ShouldBeNear(1.1232475448411510986, 1e-11);
    }

    [Fact]
    public void Alpha_sets_the_confidence()
    {
        var interval = PairedTTest.Compare(Control, Treatment, 0.1).Value().Interval!.Value;

        interval.Low.ShouldBeNear(0.14341912182551521283, 1e-11);
        interval.Confidence.ShouldBe(0.9);
    }

    [Fact]
    public void Differences_that_are_equal_but_for_rounding_are_never_a_winner()
    {
        // Each treatment is 0.1 more, yet 1.1 − 1 and 4.1 − 4 differ in their last places.
        double[] control = [1, 4, 9];
        double[] treatment = [1.1, 4.1, 9.1];
        (treatment[0] - control[0]).ShouldNotBe(treatment[1] - control[1]);

        PairedTTest.Compare(control, treatment).Reason().ShouldBe("the differences within the pairs have no variance");
        PairedTTest.Compare(treatment, control).Reason().ShouldBe("the differences within the pairs have no variance");
        PairedTTest.Compare([-1, -4, -9], [-1.1, -4.1, -9.1]).Reason().ShouldBe("the differences within the pairs have no variance");
    }

    [Fact]
    public void Equal_differences_have_no_variance() =>
        PairedTTest.Compare([1, 2, 3], [2, 3, 4]).Reason().ShouldBe("the differences within the pairs have no variance");

    [Fact]
    public void Differences_above_the_rounding_of_the_values_vary()
    {
        // The values are right to 2⁻⁵³ of themselves: two differences may part by 2⁻⁵²·(8 + 8) before they say anything.
        var step = Math.ScaleB(1, -48);

        PairedTTest.Compare([8, 8], [8, 8 - step]).Reason().ShouldContain("no variance");
        PairedTTest.Compare([8, 8], [8, 8 - (2 * step)]).Value().Estimate.ShouldBeNear(-step);
    }

    [Theory]
    [InlineData(new double[0], new double[0], "the control has no values; a paired test needs 2 pairs")]
    [InlineData(new[] { 1.0 }, new[] { 2.0 }, "the control has 1 value; a paired test needs 2 pairs")]
    public void Too_few_pairs_are_named(double[] control, double[] treatment, string reason) =>
        PairedTTest.Compare(control, treatment).Reason().ShouldBe(reason);

    [Fact]
    public void Two_pairs_are_enough() => PairedTTest.Compare([1, 2], [2, 5]).Value().Statistic.ShouldBeNear(2);

    [Fact]
    public void A_difference_that_no_double_holds_is_said() =>
        PairedTTest.Compare([-1e308, 1, 2], [1e308, 5, 7]).Reason().ShouldBe("the difference of a pair leaves the range of a double");

    [Fact]
    public void Series_of_different_lengths_are_wrong_usage() =>
        Should.Throw<AssayException>(() => PairedTTest.Compare([1, 2, 3], [1, 2])).Message.ShouldContain("there are 3 and 2");

    [Fact]
    public void Alpha_lies_between_zero_and_one() => Should.Throw<AssayException>(() => PairedTTest.Compare(Control, Treatment, 1));
}
