using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>The mean of one sample with its confidence interval.</summary>
public static class MeanInterval
{
    private static readonly MethodName Method = new("Student's t interval of a mean", "Student (1908), The probable error of a mean, Biometrika 6");

    private static readonly MethodName TestMethod = new(
        "t test of a mean against a limit, corrected for skewness",
        "Student (1908), The probable error of a mean, Biometrika 6; Hall (1992), On the removal of skewness by transformation, Journal of the Royal Statistical Society B 54"
    );

    /// <summary>
    /// m ± t·s/√n with n − 1 degrees of freedom. Assumes independent values and a mean that is near normal;
    /// on skewed values the interval covers less than it says until there are hundreds of them.
    /// </summary>
    /// <param name="values">Moments of the sample, two values or more.</param>
    /// <param name="alpha">The accepted share of intervals that miss, between 0 and 1; the confidence is 1 − alpha.</param>
    /// <returns>
    /// Mean, standard error, degrees of freedom and interval (no p: there is no claim to test); <see cref="NotComputable"/> when there are fewer than
    /// two values, values that are not finite, or no variance, from which no interval follows.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Of(in Moments values, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        if (Shortage.OfVariance("sample", values) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var error = new CombinedError(Math.Sqrt(Spread.VarianceOf(values) / values.Count), values.Count - 1);
        return error.StandardError == 0
            ? Method.NotComputable(Spread.WhyNone(values))
            : Inference.StudentEstimate(Method, values.Mean, error, values.Count, alpha);
    }

    /// <summary>
    /// The t test of a mean against a limit, t = (m − limit)/(s/√n) with n − 1 degrees of freedom and Hall's correction for skewness, without which one-sided
    /// claims about scores near full marks are wrong too often; the interval is that of the mean and not centred on it.
    /// Assumes independent values. With fewer than about 10 values that differ from the usual one see <see cref="RareDeviations"/>.
    /// </summary>
    /// <param name="values">Moments of the sample, two values or more.</param>
    /// <param name="limit">The mean under the null hypothesis, finite.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>Mean, standard error, t, degrees of freedom, p and interval; <see cref="NotComputable"/> as for <see cref="Of"/>.</returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Test(in Moments values, double limit, double alpha = 0.05, Alternative alternative = Alternative.TwoSided)
    {
        Demand.Alpha(alpha);
        if (Shortage.OfVariance("sample", values) is { } reason)
        {
            return TestMethod.NotComputable(reason);
        }

        var error = new CombinedError(Math.Sqrt(Spread.VarianceOf(values) / values.Count), values.Count - 1);
        return error.StandardError == 0
            ? TestMethod.NotComputable(Spread.WhyNone(values))
            : SkewnessCorrection.Of(values.Skewness, values.Count).Test(TestMethod, values.Mean, limit, error, values.Count, alpha, alternative);
    }
}
