using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>The difference of two means in standard deviations, an effect size without a unit.</summary>
public static class CohensD
{
    private static readonly MethodName Method = new("Cohen's d", "Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed.");

    /// <summary>
    /// d = (m_t − m_c)/s with the pooled s² = (M2_c + M2_t)/(n_c + n_t − 2).
    /// The interval is d ± z·√((n_c + n_t)/(n_c·n_t) + d²/(2(n_c + n_t))) (Hedges, Olkin 1985, Statistical Methods for Meta-Analysis, ch. 5).
    /// Assumes independent normal values with one variance. Overstates the effect in small samples by about 3/(4(n_c + n_t) − 9) of it (Hedges 1981).
    /// </summary>
    /// <param name="control">Moments of the control, one value or more.</param>
    /// <param name="treatment">Moments of the treatment, one value or more; both arms together have three.</param>
    /// <param name="alpha">The accepted share of intervals that miss, between 0 and 1; the confidence is 1 − alpha.</param>
    /// <returns>
    /// d, its standard error and interval; <see cref="NotComputable"/> when there are too few values, values that are not finite, or no variance in either arm.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Between(in Moments control, in Moments treatment, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        if (PooledVariance.Shortage(control, treatment) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var deviation = Math.Sqrt(PooledVariance.Of(control, treatment));
        if (deviation == 0)
        {
            return Method.NotComputable(WelchTest.NoVariance);
        }

        // An infinite deviation is arithmetic that left its range; it would read as no effect.
        var d = double.IsFinite(deviation) ? Moments.DifferenceOfMeans(control, treatment) / deviation : double.NaN;
        return Result(d, control.Count, treatment.Count, alpha);
    }

    private static StatisticResult Result(double d, double control, double treatment, double alpha)
    {
        var n = control + treatment;
        var error = Math.Sqrt((1 / control) + (1 / treatment) + (d * d / (2 * n)));
        return (
            Method.Result(d, (long)n) with
            {
                StandardError = error,
                Interval = Limits.Around(d, Normal.UpperQuantile(alpha / 2) * error, alpha, Alternative.TwoSided),
            }
        ).OrNotComputable();
    }
}
