using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class PairedPowerTests
{
    // scipy 1.10.1: stats.nct with n − 1 degrees of freedom, root by brentq to 1e-14.
    [Theory]
    [InlineData(0.5, 0.05, 0.8, Alternative.TwoSided, 33.3671289533306)]
    [InlineData(0.5, 0.05, 0.8, Alternative.Greater, 26.13750380597345)]
    [InlineData(-0.3, 0.01, 0.9, Alternative.Less, 147.35401596924558)]
    [InlineData(1.2, 0.05, 0.8, Alternative.TwoSided, 7.587723806718662)]
    public void Sizes_solve_the_noncentral_t(double effect, double alpha, double power, Alternative alternative, double size)
    {
        var plan = PairedPower.SampleSize(effect, alpha, power, alternative).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(size, size * 1e-9);
        plan.ControlN.ShouldBe((long)Math.Ceiling(size));
        plan.TreatmentN.ShouldBeNull();
        plan.Ratio.ShouldBeNull();
        plan.Method.ShouldBe("Power of the paired t test");
    }

    [Theory]
    [InlineData(0.8, 20, Alternative.TwoSided, 0.9238987553885847)]
    [InlineData(0.8, 20, Alternative.Greater, 0.9641728006059598)]
    [InlineData(-0.8, 2, Alternative.Less, 0.148592973719733)]
    public void Powers_are_those_of_the_noncentral_t(double effect, double pairs, Alternative alternative, double power) =>
        PairedPower.Power(effect, pairs, alternative: alternative).ShouldBeOfType<PowerPlan>().Power.ShouldBe(power, 1e-9);

    [Theory]
    [InlineData(20, Alternative.TwoSided, 0.6604416546230186)]
    [InlineData(2, Alternative.Less, -5.792801491802984)]
    public void Detectable_effects_solve_the_noncentral_t(double pairs, Alternative alternative, double effect) =>
        PairedPower.DetectableEffect(pairs, alternative: alternative).ShouldBeOfType<PowerPlan>().Effect.ShouldBe(effect, Math.Abs(effect) * 1e-9);

    [Fact]
    public void One_pair_has_no_variance()
    {
        PairedPower.Power(0.5, 1).Reason().ShouldBe("there are 1 pairs; a variance needs 2");
        PairedPower.DetectableEffect(1.5).Reason().ShouldBe("there are 1.5 pairs; a variance needs 2");
        PairedPower.SampleSize(50).ShouldBeOfType<PowerPlan>().ControlSize.ShouldBe(2);
        PairedPower.Power(0.5, 2).ShouldBeOfType<PowerPlan>();
    }
}
