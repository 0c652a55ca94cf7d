using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>
/// CUPED: a comparison of two means that takes out what the same units did before the experiment. It is as valid as Welch's test and needs fewer units
/// when before and after are correlated: with correlation ρ the variance falls by about the share ρ².
/// </summary>
public static class Cuped
{
    private static readonly MethodName Method = new(
        "CUPED, Welch's t test of adjusted values",
        "Deng, Xu, Kohavi, Walker (2013), Improving the sensitivity of online controlled experiments by utilizing pre-experiment data, WSDM"
    );

    /// <summary>
    /// The values y − θ·x, with y after and x before, are compared by Welch's t test: the difference is d_y − θ·d_x, each arm's variance
    /// s_y² − 2θ·s_xy + θ²·s_x². θ = s_xy/s_x² over the units of both arms merged. VarianceReduction is 1 − (adjusted standard error/unadjusted)².
    /// Assumes what <see cref="WelchTest"/> assumes, and that the before-values cannot have been changed by the treatment: a covariate
    /// that was measured during the experiment biases the difference. θ counts as known, which is right for more than a few units.
    /// </summary>
    /// <param name="control">Before (X) and after (Y) of the control's units, two or more.</param>
    /// <param name="treatment">Before (X) and after (Y) of the treatment's units, two or more.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>
    /// The result, whose difference is <see cref="NotComputable"/> when an arm has fewer than two units or values that are not finite, when the before-values
    /// vary in neither arm (there is nothing to adjust by: use <see cref="WelchTest"/>), or when the adjusted values vary in neither arm.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static CupedResult Compare(in PairMoments control, in PairMoments treatment, double alpha = 0.05, Alternative alternative = Alternative.TwoSided)
    {
        Demand.Alpha(alpha);
        return Lack(control, treatment) is { } reason
            ? new CupedResult(null, null, Method.NotComputable(reason))
            : Compare(control, treatment, Theta(control, treatment), alpha, alternative);
    }

    private static CupedResult Compare(in PairMoments control, in PairMoments treatment, double theta, double alpha, Alternative alternative)
    {
        var error = ErrorOf(control, treatment, theta);
        return new CupedResult(
            double.IsFinite(theta) ? theta : null,
            Reduction(error.StandardError, WelchTest.ErrorOf(control.Y, treatment.Y).StandardError),
            error.StandardError == 0
                ? Method.NotComputable("both arms have no variance once the values before are taken out")
                : Inference.Student(Method, Difference(control, treatment, theta), error, control.Count + treatment.Count, alpha, alternative)
        );
    }

    private static string? Lack(in PairMoments control, in PairMoments treatment) =>
        Shortage.OfVariances(control.X, treatment.X)
        ?? (
            Spread.SquaresOf(control.X) + Spread.SquaresOf(treatment.X) == 0
                ? "the values before do not vary in either arm, so there is nothing to adjust by"
                : null
        );

    /// <summary>Not a number beyond the range of a double; no figure that follows from it is then a number either.</summary>
    private static double Theta(in PairMoments control, in PairMoments treatment)
    {
        var both = PairMoments.Merge(control, treatment);
        return double.IsFinite(both.X.M2) ? (both.CoMoment ?? double.NaN) / both.X.M2 : double.NaN;
    }

    private static double Difference(in PairMoments control, in PairMoments treatment, double theta) =>
        Moments.DifferenceOfMeans(control.Y, treatment.Y) - (theta * Moments.DifferenceOfMeans(control.X, treatment.X));

    private static CombinedError ErrorOf(in PairMoments control, in PairMoments treatment, double theta) =>
        CombinedError.Of(
            LinearResidual.VarianceOf(control.Y, control.X, control.Covariance, theta) / control.Count,
            control.Count - 1,
            LinearResidual.VarianceOf(treatment.Y, treatment.X, treatment.Covariance, theta) / treatment.Count,
            treatment.Count - 1
        );

    /// <summary>Null when the values after do not vary, or beyond the range of a double.</summary>
    private static double? Reduction(double adjusted, double unadjusted)
    {
        var share = 1 - (adjusted / unadjusted * (adjusted / unadjusted));
        return double.IsFinite(share) ? share : null;
    }
}
