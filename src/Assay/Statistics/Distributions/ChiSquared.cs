namespace Assay.Statistics.Distributions;

/// <summary>The χ² distribution with real degrees of freedom above 0, with tails as natural logarithms.</summary>
internal static class ChiSquared
{
    /// <summary>ln P(X &gt; x), x ≥ 0.</summary>
    public static double LogUpper(double x, double df) => GammaFunctions.LogUpper(df / 2, x / 2);

    /// <summary>ln P(X ≤ x), x ≥ 0.</summary>
    public static double LogLower(double x, double df) => GammaFunctions.LogLower(df / 2, x / 2);
}
