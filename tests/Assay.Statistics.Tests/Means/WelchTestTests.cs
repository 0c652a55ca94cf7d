using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures of the two arms by mpmath 1.2.1 with 50 digits.</summary>
public sealed class WelchTestTests
{
    private static readonly Moments Control = Moments.Of([10.2, 11.9, 9.7, 12.4, 10.8, 11.1]);
    private static readonly Moments Treatment = Moments.Of([12.5, 11.7, 13.9, 12.2, 14.4]);

    [Fact]
    public void The_result_names_its_method_and_source()
    {
        var result = WelchTest.Compare(Control, Treatment).Value();

        result.Method.ShouldBe("Welch's t test");
        result.Reference.ShouldContain("Welch (1947)");
        result.N.ShouldBe(11);
    }

    [Fact]
    public void Degrees_of_freedom_are_Satterthwaites()
    {
        var result = WelchTest.Compare(Control, Treatment).Value();

        result.Estimate.ShouldBeNear(1.9233333333333332504);
        result.StandardError.ShouldBeNear(0.66197515898341040413);
        result.DegreesOfFreedom.ShouldBeNear(8.1165418861873326768);
        result.Statistic.ShouldBeNear(2.9054463860652714187);
    }

    [Theory]
    [InlineData(0.05, 0.40062270299318821594, 3.4460439636734782849)]
    [InlineData(0.1, 0.69464619633022765012, 3.1520204703364388507)]
    [InlineData(0.02, 0.012491628618943286018, 3.8341750380477232149)]
    public void The_interval_has_confidence_one_minus_alpha(double alpha, double low, double high)
    {
        var interval = WelchTest.Compare(Control, Treatment, alpha).Value().Interval!.Value;

        interval.Low.ShouldBeNear(low, 1e-11);
        interval.High.ShouldBeNear(high, 1e-11);
        interval.Confidence.ShouldBe(1 - alpha);
    }

    [Fact]
    public void A_claim_of_more_bounds_from_below()
    {
        var result = WelchTest.Compare(Control, Treatment, 0.05, Alternative.Greater).Value();

        result.P!.Value.Value.ShouldBeNear(0.0097125994317878410439);
        result.Interval!.Value.Low.ShouldBeNear(0.69464619633022765012, 1e-11);
        result.Interval!.Value.High.ShouldBeNull();
        result.Interval!.Value.Confidence.ShouldBe(0.95);
    }

    [Fact]
    public void A_claim_of_less_bounds_from_above()
    {
        var result = WelchTest.Compare(Control, Treatment, 0.05, Alternative.Less).Value();

        result.P!.Value.Value.ShouldBeNear(0.99028740056821215896);
        result.Interval!.Value.Low.ShouldBeNull();
        result.Interval!.Value.High.ShouldBeNear(3.1520204703364388507, 1e-11);
    }

    [Fact]
    public void Exchanged_arms_exchange_signs()
    {
        var (forth, back) = (WelchTest.Compare(Control, Treatment).Value(), WelchTest.Compare(Treatment, Control).Value());

        back.Estimate.ShouldBe(-forth.Estimate);
        back.Statistic.ShouldBe(-forth.Statistic);
        back.P.ShouldBe(forth.P);
        back.Interval!.Value.Low.ShouldBe(-forth.Interval!.Value.High);
    }

    [Fact]
    public void Equal_means_have_p_one()
    {
        var result = WelchTest.Compare(Control, Control).Value();

        result.Statistic.ShouldBe(0);
        result.P!.Value.Value.ShouldBe(1);
        result.P!.Value.Log10.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 3, "the control has no values; a variance needs 2")]
    [InlineData(1, 3, "the control has 1 value; a variance needs 2")]
    [InlineData(3, 0, "the treatment has no values; a variance needs 2")]
    [InlineData(3, 1, "the treatment has 1 value; a variance needs 2")]
    public void Too_few_values_are_named_by_arm_and_count(int control, int treatment, string reason) =>
        WelchTest.Compare(Counting(control), Counting(treatment)).Reason().ShouldBe(reason);

    [Theory]
    [InlineData(new[] { double.NaN, 1, 2, 3 }, "the control has 1 value that is not finite (NaN or infinity)")]
    [InlineData(new[] { double.NaN, double.PositiveInfinity, 1, 2 }, "the control has 2 values that are not finite (NaN or infinity)")]
    [InlineData(new[] { double.NegativeInfinity, 1, 2 }, "the control has 1 value that is not finite (NaN or infinity)")]
    public void Values_that_are_not_finite_are_named(double[] control, string reason)
    {
        var moments = Moments.Of(control);

        WelchTest.Compare(moments, Treatment).Reason().ShouldBe(reason);
        WelchTest.Compare(Treatment, moments).Reason().ShouldBe(reason.Replace("control", "treatment", StringComparison.Ordinal));
        PooledTTest.Compare(moments, Treatment).Reason().ShouldBe(reason);
        PooledTTest.Compare(Treatment, moments).Reason().ShouldBe(reason.Replace("control", "treatment", StringComparison.Ordinal));
        CohensD.Between(moments, Treatment).Reason().ShouldBe(reason);
        RelativeDifference.Compare(moments, Treatment).Reason().ShouldBe(reason);
        MeanInterval.Of(moments).Reason().ShouldBe(reason.Replace("control", "sample", StringComparison.Ordinal));
        PairedTTest.Compare(control, new double[control.Length]).Reason().ShouldBe(reason);
        PairedTTest.Compare(new double[control.Length], control).Reason().ShouldBe(reason.Replace("control", "treatment", StringComparison.Ordinal));
        ClusteredMean.Of<int>(control, new int[control.Length]).Reason().ShouldBe(reason.Replace("control", "sample", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_values_in_each_arm_are_enough() => WelchTest.Compare(Counting(2), Counting(2)).Value().DegreesOfFreedom.ShouldBeNear(2);

    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.1, 0.3)]
    [InlineData(1e9 + 0.1, 1e9 + 0.7)]
    [InlineData(-0.7, 0)]
    public void Values_that_are_all_equal_are_never_a_winner(double control, double treatment)
    {
        var (c, t) = (Moments.Of(Repeated(control, 7)), Moments.Of(Repeated(treatment, 13)));

        WelchTest.Compare(c, t).Reason().ShouldBe("both arms have no variance");
        PooledTTest.Compare(c, t).Reason().ShouldBe("both arms have no variance");
        CohensD.Between(c, t).Reason().ShouldBe("both arms have no variance");
        MeanInterval.Of(c).Reason().ShouldStartWith("all values are ");
    }

    [Fact]
    public void Values_that_differ_by_the_last_place_only_are_equal()
    {
        // Sums of the same terms in another order: 0.6000000000000001 and 0.6.
        double[] control = [0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1];
        control[0].ShouldNotBe(control[1]);

        WelchTest.Compare(Moments.Of(control), Moments.Of([0.7, 0.7])).Reason().ShouldBe("both arms have no variance");
    }

    [Fact]
    public void Values_two_places_apart_differ()
    {
        var one = Math.BitIncrement(1.0);

        WelchTest.Compare(Moments.Of([1.0, Math.BitIncrement(one)]), Moments.Of([1.0, 1.0])).Value().StandardError.ShouldBeNear(Math.ScaleB(1, -52), 1e-6);
    }

    [Fact]
    public void A_summary_without_deviation_has_no_variance() =>
        WelchTest.Compare(Moments.FromSummary(10, 5, 0), Moments.FromSummary(10, 6, 0)).Reason().ShouldBe("both arms have no variance");

    [Fact]
    public void A_summary_with_a_small_deviation_has_variance() =>
        WelchTest.Compare(Moments.FromSummary(8, 5, 1e-9), Moments.FromSummary(8, 5, 1e-9)).Value().StandardError.ShouldBeNear(5e-10);

    [Fact]
    public void One_arm_without_variance_leaves_the_others_degrees_of_freedom()
    {
        WelchTest.Compare(Moments.Of([5.0, 5.0, 5.0]), Counting(6)).Value().DegreesOfFreedom.ShouldBe(5);
        WelchTest.Compare(Counting(6), Moments.Of([5.0, 5.0, 5.0])).Value().DegreesOfFreedom.ShouldBe(5);
    }

    [Fact]
    public void Dust_in_one_arm_counts_for_nothing() =>
        WelchTest.Compare(Moments.Of([1.0, Math.BitIncrement(1.0)]), Counting(6)).Value().DegreesOfFreedom.ShouldBe(5);

    [Theory]
    [InlineData(1e-100)]
    [InlineData(1e100)]
    public void The_unit_does_not_matter(double unit)
    {
        var (c, t) = (Moments.FromSummary(6, 11 * unit, unit), Moments.FromSummary(5, 13 * unit, 1.5 * unit));
        var plain = WelchTest.Compare(Moments.FromSummary(6, 11, 1), Moments.FromSummary(5, 13, 1.5)).Value();
        var result = WelchTest.Compare(c, t).Value();

        result.DegreesOfFreedom.ShouldBeNear(plain.DegreesOfFreedom!.Value);
        result.P!.Value.Value.ShouldBeNear(plain.P!.Value.Value);
    }

    [Fact]
    public void Arithmetic_that_leaves_a_double_is_said() =>
        WelchTest.Compare(Moments.FromSummary(2, -1e308, 1e300), Moments.FromSummary(2, 1e308, 1e300)).Reason().ShouldContain("range of a double");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.05)]
    [InlineData(double.NaN)]
    public void Alpha_lies_between_zero_and_one(double alpha)
    {
        Should.Throw<AssayException>(() => WelchTest.Compare(Control, Treatment, alpha)).ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<AssayException>(() => PooledTTest.Compare(Control, Treatment, alpha)).ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<AssayException>(() => MeanInterval.Of(Control, alpha)).ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<AssayException>(() => CohensD.Between(Control, Treatment, alpha)).ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<AssayException>(() => RelativeDifference.Compare(Control, Treatment, alpha)).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    private static Moments Counting(int n) => Moments.Of([.. Enumerable.Range(1, n).Select(i => (double)i)]);

    private static double[] Repeated(double value, int n) => [.. Enumerable.Repeat(value, n)];

    [Fact]
    public void Values_whose_squares_are_zero_in_a_double_are_not_said_to_be_equal()
    {
        var control = Moments.Of([1e-200, 2e-200, 3e-200]);
        var treatment = Moments.Of([2e-200, 3e-200, 4e-200]);
        const string TooSmall = "the values differ by less than 1e-161, and the squares of that are 0 in a double: measure in a smaller unit";
        WelchTest.Compare(control, treatment).Reason().ShouldBe(TooSmall);
        PooledTTest.Compare(control, treatment).Reason().ShouldBe(TooSmall);
        CohensD.Between(control, treatment).Reason().ShouldBe(TooSmall);
        WelchTest.Compare(control, Moments.Of([5.0, 5.0, 5.0])).Reason().ShouldBe(TooSmall);
        WelchTest.Compare(Moments.Of([5.0, 5.0, 5.0]), control).Reason().ShouldBe(TooSmall);
        MeanInterval.Of(control).Reason().ShouldBe(TooSmall);
        MeanInterval.Of(Moments.Of([5.0, 5.0])).Reason().ShouldBe("all values are 5; an interval needs variance");
    }
}
