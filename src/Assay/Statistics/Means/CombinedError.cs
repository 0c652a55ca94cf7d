namespace Assay.Statistics.Means;

/// <summary>The standard error of a difference of two independent estimates, with its degrees of freedom.</summary>
/// <param name="StandardError">√(v_c + v_t).</param>
/// <param name="DegreesOfFreedom">(v_c + v_t)²/(v_c²/f_c + v_t²/f_t); not a number when the standard error is 0.</param>
internal readonly record struct CombinedError(double StandardError, double DegreesOfFreedom)
{
    /// <summary>The Welch-Satterthwaite combination of two squared standard errors, each with its degrees of freedom.</summary>
    public static CombinedError Of(double control, double controlFreedom, double treatment, double treatmentFreedom)
    {
        var sum = control + treatment;

        // Shares of the sum, since the squares of small or large variances leave the range of a double.
        var (c, t) = (control / sum, treatment / sum);
        return new CombinedError(Math.Sqrt(sum), 1 / ((c * c / controlFreedom) + (t * t / treatmentFreedom)));
    }
}
