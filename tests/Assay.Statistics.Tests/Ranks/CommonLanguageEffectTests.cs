using Assay.Statistics.Ranks;

namespace Assay.Statistics.Tests.Ranks;

public sealed class CommonLanguageEffectTests
{
    private static readonly double[] A = [1.1, 2.2, 3.3, 4.4];
    private static readonly double[] B = [2.5, 3.6, 5.7, 6.8, 7.9];
    private static readonly double[] TiedA = [1, 1, 2, 3, 3, 3, 4];
    private static readonly double[] TiedB = [2, 3, 3, 5, 5, 6, 6, 7];

    // mpmath, 40 digits: the matrix of all pairs, the variances of its row and column means, Satterthwaite, Wilson.
    [Fact]
    public void The_effect_has_an_interval_from_the_placements()
    {
        var result = CommonLanguageEffect.Of(A, B).ShouldBeOfType<Computed>();

        result.Estimate.ShouldBe(0.85);
        result.N.ShouldBe(9);
        result.Interval!.Value.Low!.Value.ShouldBe(0.39994614257779875885, tolerance: 1e-10);
        result.Interval.Value.High!.Value.ShouldBe(0.97966548792560669087, tolerance: 1e-10);
        result.Interval.Value.Confidence.ShouldBe(0.95);
    }

    [Fact]
    public void Ties_count_half()
    {
        var result = CommonLanguageEffect.Of(TiedA, TiedB, 0.1).ShouldBeOfType<Computed>();

        result.Estimate.ShouldBe(0.8303571428571429, tolerance: 1e-15);
        result.Interval!.Value.Low!.Value.ShouldBe(0.58488471992991601901, tolerance: 1e-10);
        result.Interval.Value.High!.Value.ShouldBe(0.94445751730888722835, tolerance: 1e-10);
    }

    [Fact]
    public void Swapped_arms_mirror_the_effect()
    {
        var result = CommonLanguageEffect.Of(TiedB, TiedA, 0.1).AsComputed!;

        result.Estimate.ShouldBe(1 - 0.8303571428571429, tolerance: 1e-15);
        result.Interval!.Value.Low!.Value.ShouldBe(1 - 0.94445751730888722835, tolerance: 1e-10);
        result.Interval.Value.High!.Value.ShouldBe(1 - 0.58488471992991601901, tolerance: 1e-10);
    }

    // Wilson's interval of all (or none, or half) of as many trials as the smaller arm has values.
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 5, 6, 7, 8, 9 }, 1, 0.5101091635454028, 1)]
    [InlineData(new double[] { 5, 6, 7, 8 }, new double[] { 1, 2, 3 }, 0, 0, 0.5614970317550455)]
    [InlineData(new double[] { 5, 5, 5 }, new double[] { 5, 5 }, 0.5, 0.0945312057342307, 0.9054687942657693)]
    [InlineData(new double[] { 1, 3, 5 }, new double[] { 4 }, 0.66666666666666667, 0.09418601510558017, 0.9746637563534988)]
    [InlineData(new double[] { 2 }, new double[] { 1, 3, 4 }, 0.66666666666666667, 0.09418601510558017, 0.9746637563534988)]
    public void Where_the_placements_tell_nothing_the_smaller_arm_counts(double[] control, double[] treatment, double effect, double low, double high)
    {
        var result = CommonLanguageEffect.Of(control, treatment).AsComputed!;

        result.Estimate.ShouldBe(effect, tolerance: 1e-15);
        result.Interval!.Value.Low!.Value.ShouldBe(low, tolerance: 1e-10);
        result.Interval.Value.High!.Value.ShouldBe(high, tolerance: 1e-10);
    }

    [Fact]
    public void A_separated_effect_is_exactly_1_at_its_upper_end() =>
        CommonLanguageEffect.Of([1, 2, 3], [4, 5, 6, 7, 8, 9, 10]).AsComputed!.Interval!.Value.High.ShouldBe(1);

    [Fact]
    public void The_placements_vary_by_arm()
    {
        var placements = Placements.Of(new SortedArms(TiedA, TiedB), 0.8303571428571429);

        placements.OfControl.ShouldBe(0.003109056122448979, tolerance: 1e-15);
        placements.OfTreatment.ShouldBe(0.007823888483965013, tolerance: 1e-15);
        placements.Variance.ShouldBe(0.010932944606413992, tolerance: 1e-15);
        placements.DegreesOfFreedom(7, 8).ShouldBe(11.54227039850998, tolerance: 1e-11);
    }

    [Theory]
    [InlineData(new double[0], new double[] { 1 }, "the control has 0 values; at least 1 is needed")]
    [InlineData(new double[] { 1 }, new double[] { double.NaN }, "the treatment has 1 value that is not finite")]
    public void Data_without_an_answer_say_why(double[] control, double[] treatment, string reason) =>
        CommonLanguageEffect.Of(control, treatment).ShouldBeOfType<NotComputable>().Reason.ShouldBe(reason);

    [Fact]
    public void Alpha_is_a_share() => Should.Throw<AssayException>(() => CommonLanguageEffect.Of(A, B, 0));
}
