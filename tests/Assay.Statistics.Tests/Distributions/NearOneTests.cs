using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

/// <summary>References by mpmath with 40 digits: log1p(u), log1p(u) − u, expm1(u), ln(1 − exp(l)), u and l being doubles.</summary>
public sealed class NearOneTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-18, 1e-18)]
    [InlineData(-1e-18, -1e-18)]
    [InlineData(1e-8, 9.99999995000000054e-9)]
    [InlineData(-1e-8, -1.00000000500000005e-8)]
    [InlineData(0.5, 0.405465108108164381978)]
    [InlineData(-0.999, -6.90775527898213616)]
    [InlineData(1e300, 690.775527898213705205)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void The_logarithm_beside_1(double u, double expected) => Beside(NearOne.Log(u), expected);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-10, -4.99999999966666703e-21)]
    [InlineData(-1e-10, -5.0000000003333337e-21)]
    [InlineData(0.01, -4.96691468319171538e-5)]
    [InlineData(-0.299999, -0.0566745153683242214)]
    [InlineData(-0.3, -0.0566749439387323742)]
    [InlineData(-0.300001, -0.056675372511181367)]
    [InlineData(0.5, -0.094534891891835618)]
    [InlineData(0.500001, -0.0945352252253911831)]
    [InlineData(20.0, -16.955477562276577)]
    public void The_logarithm_less_its_linear_part(double u, double expected) => Beside(NearOne.LogLessLinear(u), expected);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-18, 1e-18)]
    [InlineData(-1e-9, -9.99999999500000062e-10)]
    [InlineData(1.0, 1.71828182845904523536)]
    [InlineData(-1.0, -0.632120558828557678405)]
    [InlineData(-50.0, -1)]
    [InlineData(710.0, double.PositiveInfinity)]
    public void The_exponential_less_1(double u, double expected) => Beside(NearOne.ExpLessOne(u), expected);

    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(1.0, double.NegativeInfinity)]
    [InlineData(-1e-20, -46.0517018598809136804)]
    [InlineData(-0.5, -0.932752129567188572)]
    [InlineData(-0.6931471805599453, -0.693147180559945333)]
    [InlineData(-1.0, -0.458675145387081891)]
    [InlineData(-100.0, -3.72007597602083596e-44)]
    [InlineData(-1000.0, 0.0)]
    [InlineData(double.NegativeInfinity, 0.0)]
    public void The_other_tail(double logP, double expected) => Beside(NearOne.LogOfComplement(logP), expected);

    private static void Beside(double value, double expected)
    {
        if (!double.IsFinite(expected))
        {
            value.ShouldBe(expected);
            return;
        }

        Math.Abs(value - expected).ShouldBeLessThanOrEqualTo(1e-15 * Math.Abs(expected));
    }
}
