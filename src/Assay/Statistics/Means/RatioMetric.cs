using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>
/// A ratio of two means, Σ numerator/Σ denominator over units: clicks per view, cost per token, tokens per second. The unit (a user, a session) is
/// what was assigned; dividing within each unit first and taking the mean would answer another question.
/// </summary>
public static class RatioMetric
{
    private const string Reference = "Deng, Knoblich, Lu (2018), Applying the delta method in metric analytics: a practical guide with novel ideas, KDD";

    private static readonly MethodName Method = new("ratio of means, delta method", Reference);
    private static readonly MethodName DifferenceMethod = new("difference of ratios of means, delta method", Reference);

    /// <summary>
    /// r = m_x/m_y with the variance (s_x² − 2r·s_xy + r²·s_y²)/(n·m_y²), variances with the divisor n − 1, and a normal interval.
    /// Assumes independent units and a denominator whose mean is many standard errors from 0; it holds for many units, not for a handful.
    /// </summary>
    /// <param name="units">Numerator (X) and denominator (Y) of each unit, two units or more.</param>
    /// <param name="alpha">The accepted share of intervals that miss, between 0 and 1; the confidence is 1 − alpha.</param>
    /// <returns>
    /// Ratio, standard error and interval, with N the number of units; <see cref="NotComputable"/> when there are fewer than two units, values that
    /// are not finite, a denominator with mean 0, or a numerator that is the same multiple of the denominator in every unit.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Of(in PairMoments units, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        if (Lack("sample", units) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var error = Math.Sqrt(SquaredErrorOf(units));
        return error == 0
            ? Method.NotComputable("the numerator is the same multiple of the denominator in every unit: the ratio has no variance")
            : Inference.GaussEstimate(Method, RatioOf(units), error, units.X.Count, alpha);
    }

    /// <summary>
    /// The difference of two ratios, r_t − r_c, with z = (r_t − r_c)/√(v_c + v_t), each v as in <see cref="Of"/>, and normal p and interval: the delta method
    /// is a statement about many units, and t would lend it an exactness for few that it does not have.
    /// </summary>
    /// <param name="control">Numerator (X) and denominator (Y) of the control's units, two or more.</param>
    /// <param name="treatment">Numerator (X) and denominator (Y) of the treatment's units, two or more.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>
    /// Estimate, standard error, z, p and interval, with N the number of units; <see cref="NotComputable"/> when an arm has fewer than two units,
    /// values that are not finite or a denominator with mean 0, or when neither ratio varies.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Compare(in PairMoments control, in PairMoments treatment, double alpha = 0.05, Alternative alternative = Alternative.TwoSided)
    {
        Demand.Alpha(alpha);
        if ((Lack("control", control) ?? Lack("treatment", treatment)) is { } reason)
        {
            return DifferenceMethod.NotComputable(reason);
        }

        var error = Math.Sqrt(SquaredErrorOf(control) + SquaredErrorOf(treatment));
        return error == 0
            ? DifferenceMethod.NotComputable("the ratios of both arms have no variance")
            : Inference.Gauss(DifferenceMethod, RatioOf(treatment) - RatioOf(control), error, control.X.Count + treatment.X.Count, alpha, alternative);
    }

    private static double RatioOf(in PairMoments units) => units.X.Mean / units.Y.Mean;

    private static double SquaredErrorOf(in PairMoments units) =>
        LinearResidual.VarianceOf(units.X, units.Y, units.Covariance, RatioOf(units)) / units.X.Count / units.Y.Mean / units.Y.Mean;

    private static string? Lack(string arm, in PairMoments units) =>
        Shortage.OfVariance(arm, units.X) ?? Shortage.OfVariance(arm, units.Y) ?? (units.Y.Mean == 0 ? $"the denominator of the {arm} has mean 0" : null);
}
