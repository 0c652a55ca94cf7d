using Assay.Statistics.Means;
using Assay.Statistics.Samples;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Means;

public sealed class MeansPropertyTests
{
    /// <summary>Three to thirty values between 1 and 101 in steps of 1/8: sums of them are exact.</summary>
    private static readonly Gen<double[]> Sample =
        from length in Gen.Choose(3, 30)
        from steps in Gen.ArrayOf(Gen.Choose(0, 800), length)
        where steps.Distinct().Count() > 1
        select steps.Select(step => 1 + (step / 8.0)).ToArray();

    private static readonly Arbitrary<(double[] Control, double[] Treatment)> Arms = (
        from control in Sample
        from treatment in Sample
        select (control, treatment)
    ).ToArbitrary();

    private static readonly Arbitrary<(double[] X, double[] Y)> Pairs = (
        from x in Sample
        from steps in Gen.ArrayOf(Gen.Choose(0, 800), x.Length)
        where steps.Distinct().Count() > 2
        select (x, steps.Select(step => 1 + (step / 8.0)).ToArray())
    ).ToArbitrary();

    [Fact]
    public void An_interval_leaves_zero_out_exactly_when_p_is_below_alpha() =>
        Prop.ForAll(
                Arms,
                arms =>
                {
                    var (control, treatment) = (Moments.Of(arms.Control), Moments.Of(arms.Treatment));
                    foreach (var alternative in Enum.GetValues<Alternative>())
                    {
                        var result = WelchTest.Compare(control, treatment, 0.2, alternative).Value();
                        result.Interval!.Value.Contains(0).ShouldBe(!result.P!.Value.IsAtMost(0.2));
                        var lift = RelativeDifference.Compare(control, treatment, 0.2, alternative);
                        (lift.AsComputed?.Interval?.Contains(0) ?? !result.P!.Value.IsAtMost(0.2)).ShouldBe(!result.P!.Value.IsAtMost(0.2));
                    }
                }
            )
            .Holds(50);

    [Fact]
    public void A_shift_and_a_scale_change_no_p() =>
        Prop.ForAll(
                Arms,
                arms =>
                {
                    var plain = WelchTest.Compare(Moments.Of(arms.Control), Moments.Of(arms.Treatment)).Value();
                    var moved = WelchTest.Compare(Moments.Of(Moved(arms.Control)), Moments.Of(Moved(arms.Treatment))).Value();
                    moved.P!.Value.Value.ShouldBeNear(plain.P!.Value.Value, 1e-11);
                    moved.Estimate.ShouldBeNear(-4 * plain.Estimate);
                }
            )
            .Holds(50);

    [Fact]
    public void Limits_of_a_lift_are_the_lifts_at_which_a_test_has_p_alpha() =>
        Prop.ForAll(
                Arms,
                arms =>
                {
                    var (control, treatment) = (Moments.Of(arms.Control), Moments.Of(arms.Treatment));
                    if (RelativeDifference.Compare(control, treatment, 0.1) is Computed { Interval: { } interval } lift)
                    {
                        FiellerDistance(control, treatment, interval.Low!.Value).ShouldBeNear(FiellerDistance(control, treatment, interval.High!.Value), 1e-8);
                        lift.Estimate.ShouldBeInRange(interval.Low!.Value, interval.High!.Value);
                    }
                }
            )
            .Holds(50);

    [Fact]
    public void A_ratios_error_is_that_of_the_mean_of_its_residuals() =>
        Prop.ForAll(
                Pairs,
                pairs =>
                {
                    var ratio = RatioMetric.Of(PairMoments.Of(pairs.X, pairs.Y)).Value();
                    var residuals = Moments.Of([.. pairs.X.Zip(pairs.Y, (x, y) => x - (ratio.Estimate * y))]);
                    ratio.StandardError.ShouldBeNear(MeanInterval.Of(residuals).Value().StandardError!.Value / Moments.Of(pairs.Y).Mean, 1e-10);
                }
            )
            .Holds(50);

    [Fact]
    public void CUPED_from_moments_is_Welchs_test_of_the_adjusted_values() =>
        Prop.ForAll(
                Pairs,
                Pairs,
                (control, treatment) =>
                {
                    var cuped = Cuped.Compare(PairMoments.Of(control.X, control.Y), PairMoments.Of(treatment.X, treatment.Y));
                    var theta = cuped.Theta!.Value;
                    var welch = WelchTest.Compare(Adjusted(control, theta), Adjusted(treatment, theta)).Value();
                    var difference = cuped.Difference.Value();
                    difference.StandardError.ShouldBeNear(welch.StandardError!.Value, 1e-9);
                    difference.DegreesOfFreedom.ShouldBeNear(welch.DegreesOfFreedom!.Value, 1e-9);
                    difference.P!.Value.Value.ShouldBeNear(welch.P!.Value.Value, 1e-8);
                }
            )
            .Holds(50);

    private static double[] Moved(double[] values) => [.. values.Select(x => 4096 - (4 * x))];

    private static Moments Adjusted((double[] X, double[] Y) units, double theta) => Moments.Of([.. units.Y.Zip(units.X, (y, x) => y - (theta * x))]);

    /// <summary>(d − λ·m_c)²/(v_t + (1 + λ)²·v_c), which is q² at both of Fieller's limits.</summary>
    private static double FiellerDistance(in Moments control, in Moments treatment, double lift)
    {
        var distance = Moments.DifferenceOfMeans(control, treatment) - (lift * control.Mean);
        return distance * distance / ((treatment.Variance / treatment.Count) + ((1 + lift) * (1 + lift) * control.Variance / control.Count));
    }
}
