using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>The difference of two means in standard deviations, an effect size without a unit.</summary>
public static class CohensD
{
    private static readonly MethodName Method = new("Cohen's d", "Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed.");

    /// <summary>
    /// d = (m_t − m_c)/s with the pooled s² = (M2_c + M2_t)/(n_c + n_t − 2). With h = n_c·n_t/(n_c + n_t), d·√h is a noncentral t whose noncentrality is √h times
    /// the true effect; the interval holds the effects under which a d as far out as the one seen has at least the probability alpha/2, and is exact
    /// for normal values (Cumming, Finch 2001, A primer on the understanding, use, and calculation of confidence intervals that are based on central and noncentral distributions).
    /// The standard error is the large-sample √(1/h + d²/(2(n_c + n_t))) (Hedges, Olkin 1985, Statistical Methods for Meta-Analysis, ch. 5).
    /// Assumes independent normal values with one variance. In small samples d overstates the effect; d·(1 − 3/(4(n_c + n_t) − 9)) is Hedges' g (1981), which does not.
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
        if (PooledVariance.Lack(control, treatment) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var deviation = Math.Sqrt(PooledVariance.Of(control, treatment));
        if (deviation == 0)
        {
            return Method.NotComputable(Spread.WhyNone(control, treatment));
        }

        // An infinite deviation is arithmetic that left its range; it would read as no effect.
        var d = double.IsFinite(deviation) ? Moments.DifferenceOfMeans(control, treatment) / deviation : double.NaN;
        return Result(d, control.Count, treatment.Count, alpha).OrNotComputable();
    }

    private static Computed Result(double d, double control, double treatment, double alpha)
    {
        var n = control + treatment;
        var root = Math.Sqrt(control * (treatment / n));
        return Method.Result(d, (long)n) with
        {
            StandardError = Math.Sqrt((1 / (root * root)) + (d * d / (2 * n))),
            Interval = double.IsFinite(d * root) ? IntervalOf(d * root, n - 2, root, alpha) : null,
        };
    }

    private static Interval IntervalOf(double t, double df, double root, double alpha) =>
        new(Noncentrality.Lower(t, df, alpha / 2) / root, Noncentrality.Upper(t, df, alpha / 2) / root, 1 - alpha);
}
