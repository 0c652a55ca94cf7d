using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.Distributions;

public sealed class NoncentralTTests
{
    // mpmath 1.2.1, 60 digits: Gauss-Legendre quadrature of the density of ln S times the normal tail, on panels around its peak.
    [Theory]
    [InlineData(2, 10, 1, -1.6482388388681084)]
    [InlineData(0.5, 10, 1, -0.3642467271347118)]
    [InlineData(-1, 10, 1, -0.02716757597582213)]
    [InlineData(3, 1, 0.5, -1.7322944073498556)]
    [InlineData(50, 1, 2, -3.4408955121748743)]
    [InlineData(1000, 1, 1000, -0.38171550073946425)]
    [InlineData(2000, 1, 1000, -0.9599164486219648)]
    [InlineData(1500, 3, 1000, -1.2773795612484988)]
    [InlineData(999, 1, 1000, -0.38100652323923945)]
    [InlineData(1000000, 1, 10, -11.738716817632122)]
    [InlineData(1.96, 126, 2.83, -0.21428808705132807)]
    [InlineData(2.5, 200, -3, -17.524808404788676)]
    [InlineData(-2.5, 200, 3, -2.4494716577699738e-08)]
    [InlineData(0.1, 5, 0.2, -0.6129833238724864)]
    [InlineData(-0.1, 5, -0.3, -0.8701633441362578)]
    [InlineData(1, 2, 0, -1.5543586830764358)]
    [InlineData(30, 30, 5, -32.53621626344435)]
    [InlineData(100, 30, 5, -67.63417051463608)]
    [InlineData(400, 30, 5, -109.1260289434049)]
    [InlineData(5, 2.5, 1, -3.006985983380119)]
    [InlineData(-5, 2.5, -7, -1.908803331845427)]
    [InlineData(-3, 2.5, -7, -4.944174560576678)]
    [InlineData(-1, 20, -30, -412.76404972667467)]
    [InlineData(-0.01, 20, -10, -53.13148193938374)]
    [InlineData(0, 7, 1.5, -0.06914345561223398)]
    [InlineData(0, 7, -2, -3.783184333682032)]
    [InlineData(2, 1000000000, 1.5, -1.1759117604525409)]
    [InlineData(12, 1000000000, 2, -53.23128148490496)]
    [InlineData(40, 1000000000, 0, -804.6078012146859)]
    [InlineData(460, 1000000000, 5, -103508.58905353572)]
    [InlineData(1040, 1000000000, 1000, -804.1757584630503)]
    [InlineData(1010, 1000000, 1000, -36.152282548476876)]
    [InlineData(1000, 1000000, 1000, -0.6929662330471188)]
    [InlineData(1200, 1000, 1000, -32.351719468119946)]
    [InlineData(-900, 1000, -1000, -14.512088027143376)]
    [InlineData(-1000, 100000, -1010, -10.697259011051713)]
    [InlineData(3, 0.5, 1, -0.9187112140075526)]
    [InlineData(8, 10000, 2, -20.676652970001054)]
    [InlineData(500, 200000, 1, -80766.77569579691)]
    [InlineData(20, 100, -20, -404.7873050436315)]
    [InlineData(5, 1000, -40, -1005.1243379035025)]
    [InlineData(5, 100, -400, -80356.29583382078)]
    [InlineData(0.001, 4, 0.0001, -0.6938176166759684)]
    [InlineData(1000, 4, -3, -35.754182582392104)]
    [InlineData(-0.001, 50, -4, -10.355897341156917)]
    [InlineData(2.6, 148797, 2.71, -0.6091800922532715)]
    public void Upper_tails_are_those_of_a_60_digit_quadrature(double t, double df, double delta, double logUpper)
    {
        // A tail of e^-1000 cannot carry more digits than its logarithm has.
        var tolerance = Math.Max(1e-12 * Math.Min(1, -logUpper), -logUpper * 1e-15);

        NoncentralT.LogUpper(t, df, delta).ShouldBe(logUpper, tolerance);
        NoncentralT.LogLower(-t, df, -delta).ShouldBe(logUpper, tolerance);
    }

    [Theory]
    [InlineData(0.3, 0.7)]
    [InlineData(2, 3)]
    [InlineData(-2, 3)]
    [InlineData(40, 12.5)]
    [InlineData(5, 1e6)]
    public void Without_noncentrality_it_is_students_t(double t, double df) => NoncentralT.LogUpper(t, df, 0).ShouldBe(StudentT.LogUpper(t, df), 1e-11);

    [Theory]
    [InlineData(2, 10, 1)]
    [InlineData(1, 10, 1)]
    [InlineData(0.5, 10, 1)]
    [InlineData(0, 3, -0.5)]
    [InlineData(-4, 2, 3)]
    [InlineData(900, 1, 1000)]
    public void Both_tails_make_one(double t, double df, double delta) =>
        (Math.Exp(NoncentralT.LogUpper(t, df, delta)) + Math.Exp(NoncentralT.LogLower(t, df, delta))).ShouldBe(1, 1e-14);

    [Fact]
    public void The_tail_is_continuous_where_the_side_is_changed()
    {
        // The smaller tail is computed on either side of t = δ.
        var below = NoncentralT.LogUpper(Math.BitDecrement(2.0), 7, 2);
        var above = NoncentralT.LogUpper(2, 7, 2);

        below.ShouldBe(above, 1e-14);
    }
}
