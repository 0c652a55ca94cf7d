namespace Assay.Statistics.Distributions;

/// <summary>The χ² distribution with real degrees of freedom above 0, with tails as natural logarithms.</summary>
internal static class ChiSquared
{
    /// <summary>ln P(X &gt; x), x ≥ 0.</summary>
    public static double LogUpper(double x, double df) => GammaFunctions.LogUpper(df / 2, x / 2);

    /// <summary>ln P(X ≤ x), x ≥ 0.</summary>
    public static double LogLower(double x, double df) => GammaFunctions.LogLower(df / 2, x / 2);

    /// <summary>The p-value of a statistic that only speaks when large.</summary>
    public static PValue Tail(double x, double df) => PValue.FromLog(LogUpper(x, df));

    /// <summary>The x with P(X ≤ x) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double df) => 2 * GammaDistribution.Quantile(p, df / 2);

    /// <summary>The x with P(X &gt; x) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q, double df) => 2 * GammaDistribution.UpperQuantile(q, df / 2);
}
