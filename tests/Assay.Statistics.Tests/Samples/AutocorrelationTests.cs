using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class AutocorrelationTests
{
    /// <summary>Expected: mpmath, 60 digits, of the doubles.</summary>
    [Fact]
    public void An_offset_of_1e9_costs_no_digit()
    {
        double[] series = [1e9 + 0.25, 1e9 + 3, 1e9 - 2, 1e9 + 7.5, 1e9 + 1];
        var result = Autocorrelation.Lag1(series).AsComputed!;

        result.Estimate.ShouldBe(-0.64576023391812865497, 1e-15);
        (result.N, result.Method, result.Reference).ShouldBe((5, "Lag-1 autocorrelation", "Box and Jenkins (1976), Time Series Analysis, ch. 2"));
        (result.P, result.Interval, result.Statistic).ShouldBe((null, null, null));
    }

    /// <summary>Expected: mpmath, 60 digits, of the doubles nearest to NIST's NumAcc3 and NumAcc4.</summary>
    [Theory]
    [InlineData("NumAcc3", 0.10000000003492459655, -0.99899999999941850489)]
    [InlineData("NumAcc4", 0.10000000055879354477, -0.99899999999069607814)]
    public void All_digits_that_the_doubles_have_come_out(string name, double sd, double lag1)
    {
        var values = NistData.Values(name);

        Moments.Of(values).StandardDeviation.ShouldBe(sd, 3e-17);
        Autocorrelation.Lag1(values).AsComputed!.Estimate.ShouldBe(lag1, 3e-16);
    }

    /// <summary>d = −4/3, 2/3, 2/3: (−8/9 + 4/9) / (8/3).</summary>
    [Fact]
    public void Values_one_bit_apart_have_their_autocorrelation() =>
        Autocorrelation.Lag1([1e16, 1e16 + 2, 1e16 + 2]).AsComputed!.Estimate.ShouldBe(-1.0 / 6, 1e-16);

    [Fact]
    public void Two_values_are_enough() => Autocorrelation.Lag1([1, 3]).AsComputed!.Estimate.ShouldBe(-0.5);

    [Theory]
    [InlineData(new double[0], "the series has 0 values; an autocorrelation needs 2")]
    [InlineData(new[] { 1.5 }, "the series has 1 value; an autocorrelation needs 2")]
    [InlineData(new[] { 2.5, 2.5, 2.5 }, "all 3 values are equal; there is no variance")]
    [InlineData(new[] { 1, double.NaN, 2 }, "the series has 1 value that is not finite")]
    [InlineData(new[] { 1, double.NaN, double.NegativeInfinity }, "the series has 2 values that are not finite")]
    [InlineData(new[] { 0, 1e200, 0 }, "the arithmetic left the range of a double: the values are too large, or too far apart")]
    public void What_carries_no_answer_says_why(double[] series, string reason) =>
        Autocorrelation.Lag1(series).ShouldBeOfType<NotComputable>().Reason.ShouldBe(reason);
}
