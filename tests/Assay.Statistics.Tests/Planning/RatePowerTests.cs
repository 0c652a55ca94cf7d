using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class RatePowerTests
{
    // statsmodels 0.13.5 NormalIndPower, and the closed forms.
    [Theory]
    [InlineData(0.1, 0.02, 0.8, RatePowerMethod.Arcsine, 3834.595739884031)]
    [InlineData(0.1, 0.02, 0.8, RatePowerMethod.Unpooled, 3838.1021900967085)]
    [InlineData(0.1, 0.02, 0.8, RatePowerMethod.PooledNull, 3840.847482436276)]
    [InlineData(0.01, 0.001, 0.9, RatePowerMethod.Arcsine, 218215.9381662762)]
    [InlineData(0.01, 0.001, 0.9, RatePowerMethod.Unpooled, 218333.743793675)]
    [InlineData(0.01, 0.001, 0.9, RatePowerMethod.PooledNull, 218336.92041298677)]
    public void Sizes_are_the_published_ones(double baseline, double lift, double power, RatePowerMethod method, double size) =>
        RatePower.SampleSize(baseline, lift, power: power, method: method).ShouldBeOfType<PowerPlan>().ControlSize.ShouldBe(size, size * 1e-9);

    [Theory]
    [InlineData(RatePowerMethod.Arcsine, 0.593067774137856)]
    [InlineData(RatePowerMethod.PooledNull, 0.5922382906747236)]
    public void The_power_of_5000_per_arm_is_that_of_statsmodels(RatePowerMethod method, double power) =>
        RatePower.Power(0.05, 0.01, 5000, method: method).ShouldBeOfType<PowerPlan>().Power.ShouldBe(power, 1e-12);
}
