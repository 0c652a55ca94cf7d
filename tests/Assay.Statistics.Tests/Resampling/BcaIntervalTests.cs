using Assay.Statistics.Resampling;

namespace Assay.Statistics.Tests.Resampling;

public sealed class BcaIntervalTests
{
    /// <summary>The value of each replicate is its place.</summary>
    private static readonly double[] Places = [.. Enumerable.Range(1, 999).Select(i => (double)i)];

    // (B + 1)·Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))) by mpmath with 30 digits.
    [Theory]
    [InlineData(500, 0, 0.05, 25, 975)]
    [InlineData(500, 0, 0.2, 100, 900)]
    [InlineData(500, 0.1, 0.05, 50.630500453184977, 992.610611399825923)]
    [InlineData(400, 0.1, 0.05, 19.4146142143290041, 964.370432734085417)]
    [InlineData(600, -0.05, 0.1, 107.181915074292884, 976.565463628597335)]
    public void The_ends_are_moved_by_bias_and_acceleration(double estimate, double acceleration, double alpha, double low, double high)
    {
        var interval = BcaInterval.From(Places, estimate, acceleration, alpha)!.Value;

        interval.Low!.Value.ShouldBe(low, tolerance: 1e-7);
        interval.High!.Value.ShouldBe(high, tolerance: 1e-7);
        interval.Confidence.ShouldBe(1 - alpha);
    }

    [Fact]
    public void Replicates_equal_to_the_estimate_count_half()
    {
        double[] replicates = [.. Enumerable.Repeat(1.0, 300), .. Enumerable.Repeat(2.0, 400), .. Enumerable.Repeat(3.0, 299)];

        // 300 below and 400 equal of 999: nearly no bias; without the halves it would be large and move an end into the middle.
        BcaInterval.From(replicates, 2, 0, 0.5).ShouldBe(new Interval(1, 3, 0.5));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(999.5)]
    public void An_estimate_outside_all_replicates_has_no_interval(double estimate) => BcaInterval.From(Places, estimate, 0, 0.05).ShouldBeNull();

    [Fact]
    public void An_end_beyond_the_replicates_is_no_end()
    {
        BcaInterval.From(Places, 500, 0, 0.0021).ShouldNotBeNull();
        BcaInterval.From(Places, 500, 0, 0.0019).ShouldBeNull();
        BcaInterval.From(Places, 300, 0, 0.01).ShouldBeNull();
        BcaInterval.From(Places, 700, 0, 0.01).ShouldBeNull();
    }

    [Fact]
    public void An_acceleration_past_the_pole_has_no_interval()
    {
        BcaInterval.From(Places, 500, 0.6, 0.05).ShouldBeNull();
        BcaInterval.From(Places, 500, -0.6, 0.05).ShouldBeNull();
    }

    [Fact]
    public void A_place_between_two_replicates_is_between_their_values()
    {
        var interval = BcaInterval.From([10, 20, 40], 20, 0, 0.52)!.Value;
        var narrower = BcaInterval.From([10, 20, 40], 20, 0, 0.75)!.Value;

        interval.Low!.Value.ShouldBe(10.4, tolerance: 1e-9);
        interval.High!.Value.ShouldBe(39.2, tolerance: 1e-9);
        narrower.Low!.Value.ShouldBe(15, tolerance: 1e-9);
        narrower.High!.Value.ShouldBe(30, tolerance: 1e-9);
    }
}
