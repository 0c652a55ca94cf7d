using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

/// <summary>
/// NIST's certified figures (15 digits) against ours, in correct digits: −log₁₀ of the relative error.
/// NumAcc3 and NumAcc4 lose their last digits when 1000000.1 and 10000000.1 become doubles; no arithmetic brings them back.
/// </summary>
public sealed class NistUnivariateTests
{
    [Theory]
    [InlineData("PiDigits", 5000, 4.53480000000000, 2.86733906028871, -0.00355099287237972, 14, 14, 12)]
    [InlineData("Lottery", 218, 518.958715596330, 291.699727470969, -0.120948622967393, 14, 14, 14)]
    [InlineData("Lew", 200, -177.435000000000, 277.332168044316, -0.307304800605679, 15, 14, 14)]
    [InlineData("Mavro", 50, 2.00185600000000, 0.000429123454003053, 0.937989183438248, 15, 13, 13)]
    [InlineData("Michelso", 100, 299.852400000000, 0.0790105478190518, 0.535199668621283, 15, 13, 13)]
    [InlineData("NumAcc1", 3, 10000002, 1, -0.5, 15, 15, 15)]
    [InlineData("NumAcc2", 1001, 1.2, 0.1, -0.999, 15, 15, 15)]
    [InlineData("NumAcc3", 1001, 1000000.2, 0.1, -0.999, 15, 9.4, 12)]
    [InlineData("NumAcc4", 1001, 10000000.2, 0.1, -0.999, 15, 8.2, 11)]
    public void The_certified_digits_come_out(string name, int n, double mean, double sd, double lag1, double meanDigits, double sdDigits, double lag1Digits)
    {
        var values = NistData.Values(name);
        var moments = Moments.Of(values);

        moments.Count.ShouldBe(n);
        CorrectDigits(moments.Mean, mean).ShouldBeGreaterThanOrEqualTo(meanDigits);
        CorrectDigits(moments.StandardDeviation, sd).ShouldBeGreaterThanOrEqualTo(sdDigits);
        CorrectDigits(Autocorrelation.Lag1(values).AsComputed!.Estimate, lag1).ShouldBeGreaterThanOrEqualTo(lag1Digits);
    }

    /// <summary>At most 15, as many as are certified.</summary>
    private static double CorrectDigits(double value, double certified) => Math.Min(15, -Math.Log10(Math.Abs(value - certified) / Math.Abs(certified)));
}
