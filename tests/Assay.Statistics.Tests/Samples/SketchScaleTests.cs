using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class SketchScaleTests
{
    /// <summary>Expected: ⌈log₂(x)·1024⌉ − 1 by mpmath, 60 digits.</summary>
    [Theory]
    [InlineData(1e-6, -20410)]
    [InlineData(3600, 12097)]
    [InlineData(0.1, -3402)]
    [InlineData(3, 1623)]
    [InlineData(123.456, 7114)]
    [InlineData(double.MaxValue, 1048575)]
    [InlineData(1, -1)]
    [InlineData(2, 1023)]
    [InlineData(0.5, -1025)]
    [InlineData(SketchScale.LeastNormal, -1046529)]
    public void A_value_has_its_bucket(double value, int index) => SketchScale.Index(value).ShouldBe(index);

    /// <summary>Expected: the last double at or below 2^(k/1024), by mpmath, 60 digits. A logarithm would round here.</summary>
    [Theory]
    [InlineData(1, 1.0006771306930662)]
    [InlineData(2, 1.001354719892108)]
    [InlineData(511, 1.4132566029500588)]
    [InlineData(512, 1.414213562373095)]
    [InlineData(513, 1.4151711697827285)]
    [InlineData(700, 1.6061356564167708)]
    [InlineData(1023, 1.9986466550053015)]
    public void A_bound_lies_exactly_between_two_doubles(int k, double last)
    {
        SketchScale.Index(last).ShouldBe(k - 1);
        SketchScale.Index(Math.BitIncrement(last)).ShouldBe(k);
        SketchScale.Index(Math.ScaleB(last, -300)).ShouldBe(k - 1 - (300 * 1024));
        SketchScale.Index(Math.ScaleB(Math.BitIncrement(last), 300)).ShouldBe(k + (300 * 1024));
    }

    [Fact]
    public void Every_bound_is_the_one_of_a_60_digit_computation()
    {
        // Σ over k = 1…1023 of the fraction bits of the last double at or below 2^(k/1024); mpmath.
        const long Expected = 2039318984722213911;
        var sum = 0L;
        for (var k = 1; k < 1024; k++)
        {
            sum += LastBelow(k) & ((1L << 52) - 1);
        }

        sum.ShouldBe(Expected);
    }

    [Fact]
    public void Just_above_a_power_of_two_begins_the_next_bucket()
    {
        SketchScale.Index(Math.BitIncrement(4)).ShouldBe(2048);
        SketchScale.Index(Math.BitDecrement(4)).ShouldBe(2047);
    }

    /// <summary>Expected: mpmath.</summary>
    [Theory]
    [InlineData(10, 0.00033845075883472904)]
    [InlineData(7, 0.0027075995574763281)]
    [InlineData(0, 0.33333333333333333)]
    [InlineData(-10, 1)]
    public void The_relative_error_follows_from_the_scale(int scale, double error) => SketchScale.RelativeError(scale).ShouldBe(error, 1e-17);

    [Theory]
    [InlineData(10)]
    [InlineData(6)]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_buckets_value_is_relatively_as_far_from_either_bound(int scale)
    {
        foreach (var index in (int[])[-17, -1, 0, 1, 40])
        {
            var value = SketchScale.Value(index, scale);
            var lower = Math.Pow(2, index * Math.Pow(2, -scale));
            var upper = Math.Pow(2, (index + 1) * Math.Pow(2, -scale));

            ((value - lower) / lower).ShouldBe(SketchScale.RelativeError(scale), 1e-12);
            ((upper - value) / upper).ShouldBe(SketchScale.RelativeError(scale), 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 9, 10, 0)]
    [InlineData(0, 10, 10, 1)]
    [InlineData(-1, 0, 2, 0)]
    [InlineData(-1046529, 1048575, 2, 20)]
    [InlineData(-1046529, 1048575, 4096, 9)]
    [InlineData(5, 5, 2, 0)]
    public void Halving_goes_on_until_the_buckets_fit(int low, int high, int buckets, int halvings) =>
        SketchScale.HalvingsToFit(low, high, buckets).ShouldBe(halvings);

    /// <summary>The bits of the last double of bucket k − 1, by bisection.</summary>
    private static long LastBelow(int k)
    {
        var (below, above) = (BitConverter.DoubleToInt64Bits(1), BitConverter.DoubleToInt64Bits(2));
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            (below, above) = SketchScale.Index(BitConverter.Int64BitsToDouble(middle)) < k ? (middle, above) : (below, middle);
        }

        return below;
    }
}
