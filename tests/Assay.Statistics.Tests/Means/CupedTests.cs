using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits.</summary>
public sealed class CupedTests
{
    private static readonly PairMoments Control = PairMoments.Of([3, 5, 4, 6, 2, 7, 5], [4.1, 5.8, 5.2, 6.9, 2.2, 8.1, 5.5]);
    private static readonly PairMoments Treatment = PairMoments.Of([4, 6, 3, 5, 2], [6.3, 8.2, 5.1, 7.7, 3.6]);

    public static TheoryData<string> Cases => ReferenceCases.Names("cuped");

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_adjusted_difference_agrees_with_sixty_digits(string name)
    {
        var (inputs, expected) = (ReferenceCases.Find(name).GetProperty("inputs"), ReferenceCases.Find(name).GetProperty("expected"));
        var a = PairMoments.Of(ReferenceCases.Series(inputs, "pre_a"), ReferenceCases.Series(inputs, "post_a"));
        var b = PairMoments.Of(ReferenceCases.Series(inputs, "pre_b"), ReferenceCases.Series(inputs, "post_b"));
        var result = Cuped.Compare(a, b);
        var difference = result.Difference.Value();

        result.Theta.ShouldBeNear(Number("theta"));
        result.VarianceReduction.ShouldBeNear(Number("variance_reduction"));
        difference.Estimate.ShouldBeNear(Number("adj_diff_b_minus_a"));
        difference.StandardError.ShouldBeNear(Number("adj_se"));
        difference.Statistic.ShouldBeNear(Number("t"));
        difference.DegreesOfFreedom.ShouldBeNear(Number("df"));
        difference.P!.Value.Value.ShouldBeNear(Number("p_two_sided"), 1e-11);

        double Number(string figure) => expected.GetProperty(figure).GetDouble();
    }

    [Fact]
    public void Arms_of_unequal_size_agree_with_fifty_digits()
    {
        var result = Cuped.Compare(Control, Treatment);
        var difference = result.Difference.Value();

        result.Theta.ShouldBeNear(1.0395348837209301902);
        result.VarianceReduction.ShouldBeNear(0.96607115304623633701);
        difference.Estimate.ShouldBeNear(1.3740199335548170815);
        difference.StandardError.ShouldBeNear(0.20408510329900249244);
        difference.Statistic.ShouldBeNear(6.7325831789974299617);
        difference.DegreesOfFreedom.ShouldBeNear(8.5494000592638076041);
        difference.P!.Value.Value.ShouldBeNear(0.00010860100995918355606, 1e-11);
        difference.Interval!.Value.Low.ShouldBeNear(0.90861143351177503443, 1e-11);
        difference.Interval!.Value.High.ShouldBeNear(1.8394284335978591286, 1e-11);
        difference.N.ShouldBe(12);
        difference.Method.ShouldBe("CUPED, Welch's t test of adjusted values");
        difference.Reference.ShouldContain("Deng, Xu, Kohavi, Walker (2013)");
    }

    [Fact]
    public void A_one_sided_claim_bounds_from_one_side()
    {
        var more = Cuped.Compare(Control, Treatment, 0.05, Alternative.Greater).Difference.Value();
        var less = Cuped.Compare(Control, Treatment, 0.05, Alternative.Less).Difference.Value();

        more.P!.Value.Value.ShouldBeNear(0.000054300504979591778031, 1e-11);
        more.Interval!.Value.Low.ShouldBeNear(0.99765146861531161256, 1e-11);
        more.Interval!.Value.High.ShouldBeNull();
        less.P!.Value.Value.ShouldBeNear(0.99994569949502040822);
        less.Interval!.Value.Low.ShouldBeNull();
        less.Interval!.Value.High.ShouldBeNear(1.7503883984943225505, 1e-11);
    }

    [Fact]
    public void Without_correlation_it_is_Welchs_test()
    {
        // Each arm's before-values are orthogonal to its after-values, and their means are equal.
        var control = PairMoments.Of([-1, 0, 1, 0], [2, 5, 2, 1]);
        var treatment = PairMoments.Of([-1, 0, 1, 0], [4, 9, 4, 2]);
        var result = Cuped.Compare(control, treatment);
        var welch = WelchTest.Compare(control.Y, treatment.Y).Value();

        result.Theta.ShouldBeNear(0);
        result.VarianceReduction.ShouldBeNear(0);
        result.Difference.Value().P!.Value.Value.ShouldBeNear(welch.P!.Value.Value);
        result.Difference.Value().Estimate.ShouldBeNear(welch.Estimate);
    }

    [Fact]
    public void Values_before_that_do_not_vary_leave_nothing_to_adjust_by()
    {
        var result = Cuped.Compare(PairMoments.Of([0.1, 0.1, 0.1], [1, 2, 3]), PairMoments.Of([0.1, 0.1, 0.1], [2, 3, 5]));

        result.Theta.ShouldBeNull();
        result.VarianceReduction.ShouldBeNull();
        result.Difference.Reason().ShouldBe("the values before do not vary in either arm, so there is nothing to adjust by");
    }

    [Fact]
    public void A_distance_between_the_arms_alone_is_no_variance_before()
    {
        var result = Cuped.Compare(PairMoments.Of([1, 1, 1], [1, 2, 3]), PairMoments.Of([2, 2, 2], [2, 3, 5]));

        result.Difference.Reason().ShouldContain("nothing to adjust by");
    }

    [Fact]
    public void Values_before_that_vary_in_one_arm_are_enough()
    {
        Cuped.Compare(PairMoments.Of([1, 1, 1], [1, 2, 3]), Treatment).Difference.ShouldBeOfType<Computed>();
        Cuped.Compare(Control, PairMoments.Of([1, 1, 1], [1, 2, 3])).Difference.ShouldBeOfType<Computed>();
    }

    [Fact]
    public void Values_after_that_follow_from_those_before_leave_no_variance()
    {
        double[] before = [3, 7, 11, 19, 23];
        var pairs = PairMoments.Of(before, [.. before.Select(x => (0.3 * x) + 0.1)]);
        var result = Cuped.Compare(pairs, pairs);

        result.Theta.ShouldBeNear(0.3);
        result.VarianceReduction.ShouldBe(1);
        result.Difference.Reason().ShouldBe("both arms have no variance once the values before are taken out");
    }

    [Fact]
    public void Values_after_that_do_not_vary_have_no_variance_to_reduce()
    {
        var result = Cuped.Compare(PairMoments.Of([1, 2, 3], [5, 5, 5]), PairMoments.Of([1, 2, 3], [5, 5, 5]));

        result.Theta.ShouldBe(0);
        result.VarianceReduction.ShouldBeNull();
        result.Difference.Reason().ShouldBe("both arms have no variance once the values before are taken out");
    }

    [Fact]
    public void Too_few_units_are_named()
    {
        var one = PairMoments.Of([1], [2]);

        Cuped.Compare(one, Treatment).Difference.Reason().ShouldBe("the control has 1 value; a variance needs 2");
        Cuped.Compare(Control, one).Difference.Reason().ShouldBe("the treatment has 1 value; a variance needs 2");
        Cuped.Compare(one, Treatment).Theta.ShouldBeNull();
        Cuped.Compare(one, Treatment).VarianceReduction.ShouldBeNull();
    }

    [Fact]
    public void Units_that_are_not_finite_are_named() =>
        Cuped
            .Compare(Control, PairMoments.Of([1, 2, double.NaN, 4], [1, double.PositiveInfinity, 3, 4]))
            .Difference.Reason()
            .ShouldBe("the treatment has 2 values that are not finite (NaN or infinity)");

    [Fact]
    public void Arithmetic_that_leaves_a_double_is_said()
    {
        var result = Cuped.Compare(PairMoments.Of([1e200, -1e200, 3e200], [1, 2, 3]), Treatment);

        result.Theta.ShouldBeNull();
        result.VarianceReduction.ShouldBeNull();
        result.Difference.Reason().ShouldContain("range of a double");
    }

    [Fact]
    public void An_infinite_variance_after_is_not_read_as_none()
    {
        var result = Cuped.Compare(Control, PairMoments.Of([1, 2, 3], [1e200, -1e200, 3e200]));

        result.VarianceReduction.ShouldBeNull();
        result.Difference.Reason().ShouldContain("range of a double");
    }

    [Fact]
    public void Alpha_lies_between_zero_and_one() => Should.Throw<AssayException>(() => Cuped.Compare(Control, Treatment, 0));
}
