using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

public sealed class SinhTrapezoidTests
{
    private static readonly double LogRootOfTwoPi = Math.Log(2 * Math.PI) / 2;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.7, 1)]
    [InlineData(0, 5)]
    [InlineData(0, 0.05)]
    public void The_normal_density_without_its_constant_has_the_root_of_two_pi(double centre, double width) =>
        SinhTrapezoid.LogIntegral(u => -u * u / 2, centre, width).ShouldBe(LogRootOfTwoPi, 1e-13);

    [Fact]
    public void A_factor_of_any_size_comes_out() => SinhTrapezoid.LogIntegral(u => -1e6 - (u * u / 2), 0, 1).ShouldBe(LogRootOfTwoPi - 1e6, 1e-9);

    [Theory]
    [InlineData(1)]
    [InlineData(0.01)]
    public void A_long_tail_on_one_side_is_followed(double shape) =>
        // ∫ exp(a u − e^u) du = Γ(a)
        SinhTrapezoid.LogIntegral(u => (shape * u) - Math.Exp(u), Math.Log(shape), 1 / Math.Sqrt(shape)).ShouldBe(GammaFunctions.LogGamma(shape), 1e-12);

    [Fact]
    public void A_narrow_peak_far_from_zero_keeps_its_digits() =>
        SinhTrapezoid.LogIntegral(u => -(u - 3) * (u - 3) / 2e-12, 3, 1e-6).ShouldBe(LogRootOfTwoPi + Math.Log(1e-6), 1e-9);
}
