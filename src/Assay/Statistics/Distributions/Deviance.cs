namespace Assay.Statistics.Distributions;

/// <summary>
/// The deviance part x ln(x/m) + m − x of a Poisson, binomial, gamma or beta density; with it densities keep their digits
/// where differences of ln Γ lose them. Source: C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000), bd0.
/// </summary>
internal static class Deviance
{
    /// <summary>x ln(x/m) + m − x for x, m &gt; 0.</summary>
    /// <param name="x">What was seen.</param>
    /// <param name="expected">What was expected, m.</param>
    /// <param name="excess">m − x, which the caller may know to more digits than the two numbers give.</param>
    public static double Of(double x, double expected, double excess)
    {
        var u = excess / x;
        return u > -0.3 ? -x * NearOne.LogLessLinear(u) : (x * LogRatio(x, expected)) + excess;
    }

    private static double LogRatio(double x, double expected)
    {
        var ratio = x / expected;
        return double.IsPositiveInfinity(ratio) ? Math.Log(x) - Math.Log(expected) : Math.Log(ratio);
    }
}
