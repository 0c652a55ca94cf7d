using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class PilotPowerTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void A_pilot_without_end_plans_as_if_the_deviation_were_known(double effect)
    {
        var known = ((PowerPlan)PairedPower.SampleSize(effect, 0.05, 0.8, Alternative.Greater)).ControlSize;
        PilotPower.SampleSize(effect, 1e7, 0.05, 0.8)!.Value.ShouldBe(known, 1);
    }

    [Fact]
    public void The_smaller_the_pilot_the_more_is_announced()
    {
        double[] sizes = [.. new double[] { 500, 60, 20, 8, 3 }.Select(df => PilotPower.SampleSize(0.2, df, 0.05, 0.8)!.Value)];
        sizes.ShouldBe(sizes.Order());
        // At 20 degrees, by scipy: the root in n of nct.cdf(0.2·√n, 20, t.ppf(0.95, n − 1)) = 0.8.
        sizes[2].ShouldBe(168.428483, 1e-4);
    }

    [Fact]
    public void Without_an_effect_no_size_is_enough() => PilotPower.SampleSize(1e-9, 20, 0.05, 0.8).ShouldBeNull();
}
