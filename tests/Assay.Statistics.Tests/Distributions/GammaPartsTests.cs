using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

/// <summary>The parts under the distributions. References by mpmath with 40 digits, from loggamma.</summary>
public sealed class GammaPartsTests
{
    [Theory]
    [InlineData(0.001, 0.00177000131778598256, 2.54227046796709454)]
    [InlineData(0.5, 0.564189583547756287, 0.153426409720027345)]
    [InlineData(5.0, 2.18094907435639667, 0.0166446911898211922)]
    [InlineData(9.99, 3.1214105287978463, 0.00833889679773433009)]
    [InlineData(10.0, 3.12301143339061278, 0.00833056343336287126)]
    [InlineData(10.5, 3.20203758880995527, 0.00793411456431402055)]
    [InlineData(10000.0, 99.9987500078129883, 8.33333333055555556e-6)]
    [InlineData(5000000000.0, 70710.6781168869855, 1.66666666666666667e-11)]
    public void Half_a_step_of_gamma_and_the_error_of_Stirling(double x, double ratio, double error)
    {
        Stirling.HalfStepRatio(x).ShouldBe(ratio, 3e-15 * ratio);
        Stirling.Error(x).ShouldBe(error, 1e-14);
    }

    [Theory]
    [InlineData(0.5, 1e-6, -1.96350755862312791e-6)]
    [InlineData(3.0, 0.001, 0.000922981776451211558)]
    [InlineData(9.5, 1.0, 2.25129179860649515)]
    [InlineData(10.0, 0.5, 1.13879773932229402)]
    [InlineData(1e6, 0.001, 0.0138155100584641913)]
    public void A_small_rise_of_log_gamma_keeps_its_digits(double b, double a, double expected) =>
        GammaFunctions.LogGammaRise(b, a).ShouldBe(expected, 1e-13 * Math.Abs(expected));

    [Theory]
    [InlineData(5e-11, -2.88607832430204765e-11)]
    [InlineData(0.1, -0.0498724412598397265)]
    [InlineData(-0.5, 0.572364942924700087)]
    [InlineData(0.5, -0.120782237635245222)]
    public void Log_gamma_beside_1_keeps_its_digits(double x, double expected) =>
        GammaFunctions.LogGammaOfOnePlus(x).ShouldBe(expected, 3e-15 * Math.Abs(expected));

    [Theory]
    [InlineData(0.5, 0.5, 1.14472988584940017)]
    [InlineData(3.0, 1e9, -61.4766503332792882)]
    [InlineData(1e9, 3.0, -61.4766503332792882)]
    [InlineData(2.0, 7.0, -4.02535169073514923)]
    public void Log_beta(double a, double b, double expected) => BetaFunctions.LogBeta(a, b).ShouldBe(expected, 1e-13);

    [Theory]
    [InlineData(5.0, 5.0, 0.0)]
    [InlineData(5.0, 3.0, 0.554128118829953416)]
    [InlineData(1e8, 1.0001e8, 0.499966669166466683)]
    [InlineData(2.0, 100.0, 90.1759539891437079)]
    [InlineData(0.001, 1e-320, 0.728919485611991784)]
    public void Deviances(double x, double expected, double deviance) => Deviance.Of(x, expected, expected - x).ShouldBe(deviance, 1e-15 + (1e-15 * deviance));

    [Fact]
    public void The_quadrature_is_exact_for_the_highest_even_power_that_its_nodes_allow()
    {
        GaussLegendre.Nodes.Length.ShouldBe(48);
        var (mass, power) = (0.0, 0.0);
        for (var i = 0; i < GaussLegendre.Count; i++)
        {
            mass += GaussLegendre.Weights[i];
            power += GaussLegendre.Weights[i] * Math.Pow(GaussLegendre.Nodes[i], 95);
        }

        mass.ShouldBe(1, 1e-15);
        power.ShouldBe(1 / 96.0, 1e-15);
    }
}
