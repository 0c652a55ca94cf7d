using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class MeanPowerTests
{
    // statsmodels 0.13.5 TTestIndPower.
    [Theory]
    [InlineData(0.5, 0.05, 0.8, 1, 63.765610587854056, 64, 64)]
    [InlineData(0.02, 0.01, 0.9, 1, 74398.59457562679, 74399, 74399)]
    [InlineData(0.4, 0.05, 0.8, 3, 65.89080893087295, 66, 198)]
    public void Sizes_are_those_of_statsmodels(double effect, double alpha, double power, double ratio, double size, long control, long treatment)
    {
        var plan = MeanPower.SampleSize(effect, alpha, power, ratio).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(size, size * 1e-6);
        plan.ControlN.ShouldBe(control);
        plan.TreatmentN.ShouldBe(treatment);
    }

    [Fact]
    public void The_power_of_fifty_per_arm_is_that_of_statsmodels() =>
        MeanPower.Power(0.3, 50).ShouldBeOfType<PowerPlan>().Power.ShouldBe(0.31780220494819866, 1e-9);

    [Fact]
    public void The_effect_that_400_per_arm_find_is_that_of_statsmodels() =>
        MeanPower.DetectableEffect(400).ShouldBeOfType<PowerPlan>().Effect.ShouldBe(0.19834064598320125, 1e-6);
}
