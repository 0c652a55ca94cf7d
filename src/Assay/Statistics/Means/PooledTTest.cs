using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>Student's t test of two means with one variance for both arms. Where nothing says that the variances are equal, use <see cref="WelchTest"/>.</summary>
public static class PooledTTest
{
    private static readonly MethodName Method = new("Student's t test, pooled variance", "Student (1908), The probable error of a mean, Biometrika 6");

    /// <summary>
    /// The difference of means d = m_t − m_c with t = d/(s·√(1/n_c + 1/n_t)), s² = (M2_c + M2_t)/(n_c + n_t − 2), and n_c + n_t − 2 degrees of freedom.
    /// Assumes independent values, means that are near normal, and equal variances: with unequal variances and unequal counts its error rate is wrong.
    /// </summary>
    /// <param name="control">Moments of the control, one value or more.</param>
    /// <param name="treatment">Moments of the treatment, one value or more; both arms together have three.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>
    /// Estimate, standard error, t, degrees of freedom, p and interval; <see cref="NotComputable"/> when there are too few values,
    /// values that are not finite, or no variance in either arm.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Compare(in Moments control, in Moments treatment, double alpha = 0.05, Alternative alternative = Alternative.TwoSided)
    {
        Demand.Alpha(alpha);
        if (PooledVariance.Lack(control, treatment) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var variance = PooledVariance.Of(control, treatment);
        var n = control.Count + treatment.Count;
        var error = new CombinedError(Math.Sqrt((variance / control.Count) + (variance / treatment.Count)), n - 2);
        return error.StandardError == 0
            ? Method.NotComputable(Spread.WhyNone(control, treatment))
            : Inference.Student(Method, Moments.DifferenceOfMeans(control, treatment), error, n, alpha, alternative);
    }
}
