using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits.</summary>
public sealed class CohensDTests
{
    private static readonly Moments Control = Moments.Of([10.2, 11.9, 9.7, 12.4, 10.8, 11.1]);
    private static readonly Moments Treatment = Moments.Of([12.5, 11.7, 13.9, 12.2, 14.4]);

    [Fact]
    public void The_effect_is_in_pooled_deviations()
    {
        var result = Seen();

        result.Estimate.ShouldBeNear(1.7823306076488697722);
        result.StandardError.ShouldBeNear(0.71488616581525049075);
        result.N.ShouldBe(11);
        result.Method.ShouldBe("Cohen's d");
        result.Reference.ShouldContain("Cohen (1988)");
        result.P.ShouldBeNull();
    }

    [Fact]
    public void The_interval_is_exact()
    {
        // The noncentralities by scipy 1.10.1's nct and brentq.
        var interval = Seen().Interval!.Value;

        interval.Low.ShouldBeNear(0.311974178336136, 1e-11);
        interval.High.ShouldBeNear(3.1868354257432197, 1e-11);
        interval.Confidence.ShouldBe(0.95);
    }

    [Fact]
    public void Exchanged_arms_exchange_the_ends()
    {
        var result = CohensD.Between(Treatment, Control).Value();

        result.Estimate.ShouldBe(-Seen().Estimate);
        result.Interval!.Value.Low.ShouldBe(-Seen().Interval!.Value.High);
        result.Interval!.Value.High.ShouldBe(-Seen().Interval!.Value.Low);
    }

    [Fact]
    public void Without_a_difference_the_interval_is_normal()
    {
        // t = 0 has the probability P(Z > −δ) whatever the degrees of freedom: the ends are ∓z(0.95)·√(1/5 + 1/5).
        var interval = CohensD.Between(Treatment, Treatment, 0.1).Value().Interval!.Value;

        interval.Low.ShouldBeNear(-1.6448536269514722 * Math.Sqrt(0.4));
        interval.High.ShouldBeNear(1.6448536269514722 * Math.Sqrt(0.4));
        interval.Confidence.ShouldBe(0.9);
    }

    [Fact]
    public void In_large_samples_the_interval_is_estimate_and_two_standard_errors()
    {
        var result = CohensD.Between(Moments.FromSummary(100_000_000, 0.5, 0.5), Moments.FromSummary(100_000_000, 0.6, 0.5)).Value();

        result.Interval!.Value.Low.ShouldBeNear(result.Estimate - (1.9599639845400545 * result.StandardError!.Value), 1e-8);
        result.Interval!.Value.High.ShouldBeNear(result.Estimate + (1.9599639845400545 * result.StandardError!.Value), 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void An_effect_beyond_all_measure_has_the_limits_of_its_deviation(int sign)
    {
        // Against such a d only the deviation's own error counts: d·√(χ²/6), with χ²(0.025, 6) and χ²(0.975, 6) by scipy 1.10.1.
        var result = CohensD.Between(Moments.FromSummary(4, 0, 1), Moments.FromSummary(4, sign * 1e9, 1)).Value();
        double[] ends = [sign * 1e9 * Math.Sqrt(1.2373442457912027 / 6), sign * 1e9 * Math.Sqrt(14.44937533544792 / 6)];

        result.Interval!.Value.Low.ShouldBeNear(ends.Min(), 1e-11);
        result.Interval!.Value.High.ShouldBeNear(ends.Max(), 1e-11);
    }

    [Fact]
    public void A_great_effect_still_has_its_exact_limit() =>
        // By mpmath 1.2.1, the integral over the deviation with 25 digits; the deviation's own limit is 5e-6 of it away.
        CohensD.Between(Moments.FromSummary(4, 0, 1), Moments.FromSummary(4, 1000, 1)).Value().Interval!.Value.Low.ShouldBeNear(454.11690085890443, 1e-10);

    [Fact]
    public void The_limits_of_the_deviation_follow_on_the_exact_ones()
    {
        var exact = CohensD.Between(Moments.FromSummary(4, 0, 1), Moments.FromSummary(4, 173_205, 1)).Value();
        var beyond = CohensD.Between(Moments.FromSummary(4, 0, 1), Moments.FromSummary(4, 173_206, 1)).Value();

        (exact.Interval!.Value.Low!.Value / exact.Estimate).ShouldBeNear(beyond.Interval!.Value.Low!.Value / beyond.Estimate, 1e-9);
        (exact.Interval!.Value.High!.Value / exact.Estimate).ShouldBeNear(beyond.Interval!.Value.High!.Value / beyond.Estimate, 1e-9);
    }

    [Fact]
    public void One_value_is_compared_in_the_others_deviations() =>
        CohensD.Between(Moments.Of([3.5]), Moments.Of([5.1, 4.4, 6.2, 5.8])).Value().Estimate.ShouldBeNear(2.3638418611173764343);

    [Fact]
    public void A_deviation_that_no_double_holds_is_not_read_as_no_effect() =>
        CohensD.Between(Moments.Of([-1e200, 1e200]), Moments.Of([-1e200, 2e200])).Reason().ShouldContain("range of a double");

    private static Computed Seen() => CohensD.Between(Control, Treatment).Value();
}
