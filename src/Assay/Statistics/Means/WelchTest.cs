using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>Welch's t test of two means: the first choice for two independent samples, since it does not ask for equal variances.</summary>
public static class WelchTest
{
    private static readonly MethodName Method = new(
        "Welch's t test",
        "Welch (1947), The generalization of 'Student's' problem when several different population variances are involved, Biometrika 34"
    );

    /// <summary>
    /// The difference of means d = m_t − m_c with t = d/√(v_c + v_t), where v = s²/n, and
    /// (v_c + v_t)²/(v_c²/(n_c − 1) + v_t²/(n_t − 1)) degrees of freedom (Satterthwaite 1946).
    /// Assumes independent values and means that are near normal: with skewed values (latencies, costs) that takes hundreds of values per arm.
    /// </summary>
    /// <param name="control">Moments of the control, two values or more.</param>
    /// <param name="treatment">Moments of the treatment, two values or more.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>
    /// Estimate, standard error, t, degrees of freedom, p and interval; <see cref="NotComputable"/> when an arm has fewer than two values
    /// or values that are not finite, or when neither arm varies (values that differ by no more than the rounding of a double do not vary).
    /// One arm without variance is computed: the other's variance is then all there is.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Compare(in Moments control, in Moments treatment, double alpha = 0.05, Alternative alternative = Alternative.TwoSided)
    {
        Demand.Alpha(alpha);
        if (Shortage.OfVariances(control, treatment) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var error = ErrorOf(control, treatment);
        return error.StandardError == 0
            ? Method.NotComputable(Spread.WhyNone(control, treatment))
            : Inference.Student(Method, Moments.DifferenceOfMeans(control, treatment), error, control.Count + treatment.Count, alpha, alternative);
    }

    /// <summary>The standard error of the difference of means without pooling. Each arm has two values or more.</summary>
    internal static CombinedError ErrorOf(in Moments control, in Moments treatment) =>
        CombinedError.Of(Spread.VarianceOf(control) / control.Count, control.Count - 1, Spread.VarianceOf(treatment) / treatment.Count, treatment.Count - 1);
}
