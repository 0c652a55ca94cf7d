using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class PairedPowerTests
{
    // mpmath 1.2.1, 30 digits: the noncentral t by quadrature with n − 1 degrees of freedom, the root by secants.
    [Theory]
    [InlineData(0.5, 0.05, 0.8, Alternative.TwoSided, 33.367128953330836)]
    [InlineData(0.5, 0.05, 0.8, Alternative.Greater, 26.137503805973439)]
    [InlineData(-0.3, 0.01, 0.9, Alternative.Less, 147.35401597321781)]
    [InlineData(1.2, 0.05, 0.8, Alternative.TwoSided, 7.5877238102449388)]
    public void Sizes_solve_the_noncentral_t(double effect, double alpha, double power, Alternative alternative, double size)
    {
        var plan = PairedPower.SampleSize(effect, alpha, power, alternative).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(size, size * 1e-11);
        plan.ControlN.ShouldBe((long)Math.Ceiling(size));
        plan.TreatmentN.ShouldBeNull();
        plan.Ratio.ShouldBeNull();
        plan.Method.ShouldBe("Power of the paired t test");
    }

    [Theory]
    [InlineData(0.8, 20, Alternative.TwoSided, 0.92389875538857806)]
    [InlineData(0.8, 20, Alternative.Greater, 0.9641728006059596)]
    [InlineData(-0.8, 2, Alternative.Less, 0.14859297372259765)]
    public void Powers_are_those_of_the_noncentral_t(double effect, double pairs, Alternative alternative, double power) =>
        PairedPower.Power(effect, pairs, alternative: alternative).ShouldBeOfType<PowerPlan>().Power.ShouldBe(power, power * 1e-11);

    [Theory]
    [InlineData(20, Alternative.TwoSided, 0.66044165462302643)]
    [InlineData(2, Alternative.Less, -5.7928014916902984)]
    public void Detectable_effects_solve_the_noncentral_t(double pairs, Alternative alternative, double effect) =>
        PairedPower.DetectableEffect(pairs, alternative: alternative).ShouldBeOfType<PowerPlan>().Effect.ShouldBe(effect, Math.Abs(effect) * 1e-11);

    [Fact]
    public void One_pair_has_no_variance()
    {
        PairedPower.Power(0.5, 1).Reason().ShouldBe("there are 1 pairs; a variance needs 2");
        PairedPower.DetectableEffect(1.5).Reason().ShouldBe("there are 1.5 pairs; a variance needs 2");
        PairedPower.SampleSize(50).ShouldBeOfType<PowerPlan>().ControlSize.ShouldBe(2);
        PairedPower.Power(0.5, 2).ShouldBeOfType<PowerPlan>();
    }
}
