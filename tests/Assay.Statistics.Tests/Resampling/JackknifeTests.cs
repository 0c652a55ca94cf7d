using Assay.Statistics.Resampling;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Resampling;

public sealed class JackknifeTests
{
    private static readonly SampleStatistic Mean = sample => Moments.Of(sample).Mean;

    // Leaving x out of n moves the mean by (mean − x)/(n − 1); times (n − 1)/n it is (x − mean)/n.
    [Fact]
    public void The_influences_on_a_mean_are_the_deviations() => Jackknife.Influences([1, 2, 3, 6], Mean).ShouldBe([-0.5, -0.25, 0, 0.75], tolerance: 1e-15);

    [Fact]
    public void Above_1000_values_groups_of_every_1000th_are_left_out()
    {
        var calls = 0;
        var shortest = int.MaxValue;
        double[] sample = [.. Enumerable.Range(0, 1500).Select(i => (double)i)];

        var influences = Jackknife.Influences(
            sample,
            rest =>
            {
                calls++;
                shortest = Math.Min(shortest, rest.Length);
                return rest.Contains(7)
                    ? rest.Contains(1007)
                        ? 0
                        : 100
                    : rest.Contains(1007)
                        ? 100
                        : 1000;
            }
        );

        calls.ShouldBe(1000);
        shortest.ShouldBe(1498);
        influences.Length.ShouldBe(1000);
        influences[7].ShouldBe(0.999 * (1 - 1000), tolerance: 1e-12);
        influences[8].ShouldBe(0.999 * 1, tolerance: 1e-12);
    }

    [Fact]
    public void A_thousand_values_are_left_out_one_by_one()
    {
        var lengths = new HashSet<int>();

        Jackknife.Influences(new double[1000], rest => lengths.Add(rest.Length) ? 1 : 0).Length.ShouldBe(1000);
        lengths.ShouldBe([999]);
    }

    // 46/(6·30^1.5)
    [Theory]
    [InlineData(1)]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void The_acceleration_is_the_skewness_of_the_influences_in_any_unit(double unit)
    {
        Jackknife.Acceleration([1 * unit, 2 * unit, -3 * unit, 4 * unit]).ShouldBe(46 / (6 * 30 * Math.Sqrt(30)), tolerance: 1e-16);
        Jackknife.Acceleration([-1 * unit, -2 * unit, 3 * unit, -4 * unit]).ShouldBe(-46 / (6 * 30 * Math.Sqrt(30)), tolerance: 1e-16);
    }

    [Fact]
    public void Without_influences_there_is_no_acceleration() => Jackknife.Acceleration([0, 0, 0]).ShouldBe(0);
}
