using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>The t test of differences within pairs: the same cases, questions or users under both arms.</summary>
public static class PairedTTest
{
    private const string Need = "a paired test needs 2 pairs";

    private static readonly MethodName Method = new("paired t test", "Student (1908), The probable error of a mean, Biometrika 6");

    /// <summary>
    /// The mean of the differences d_i = treatment_i − control_i with t = mean(d)/(s_d/√n) and n − 1 degrees of freedom.
    /// Assumes independent pairs and a mean difference that is near normal. Pairing takes the variance between pairs out of the comparison.
    /// </summary>
    /// <param name="control">One value for each pair.</param>
    /// <param name="treatment">One value for each pair, in the same order.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>
    /// Mean difference, standard error, t, degrees of freedom, p and interval, with N the number of pairs; <see cref="NotComputable"/> when there are
    /// fewer than two pairs, values that are not finite, or differences that vary by no more than the rounding of the values.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1, or the two series have different lengths.</exception>
    public static StatisticResult Compare(
        ReadOnlySpan<double> control,
        ReadOnlySpan<double> treatment,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.Alpha(alpha);
        Demand.SameLength("The values of control and treatment", control.Length, treatment.Length);
        var (c, t) = (Moments.Of(control), Moments.Of(treatment));
        return (Shortage.Of("control", c, 2, Need) ?? Shortage.Of("treatment", t, 2, Need)) is { } reason
            ? Method.NotComputable(reason)
            : Compare(Moments.Of(Differences(control, treatment)), Rounding(c) + Rounding(t), alpha, alternative);
    }

    /// <remarks>The dust is what the rounding of the values alone can make of two differences that are equal.</remarks>
    private static StatisticResult Compare(in Moments differences, double dust, double alpha, Alternative alternative)
    {
        if (differences.NotFinite > 0)
        {
            return Method.NotComputable("the difference of a pair leaves the range of a double");
        }

        var n = differences.Count;
        var error = new CombinedError(Math.Sqrt(Spread.VarianceOf(differences) / n), n - 1);
        return error.StandardError == 0 || differences.Max - differences.Min <= dust
            ? Method.NotComputable("the differences within the pairs have no variance")
            : Inference.Student(Method, differences.Mean, error, n, alpha, alternative);
    }

    /// <summary>4.1 − 4.0 and 1.1 − 1.0 differ in the last places, since 4.1 and 1.1 are rounded: by this much at most for this arm.</summary>
    private static double Rounding(in Moments arm) => Spread.Unit * Math.Max(Math.Abs(arm.Min), Math.Abs(arm.Max));

    private static double[] Differences(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
    {
        var differences = new double[control.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = treatment[i] - control[i];
        }

        return differences;
    }
}
