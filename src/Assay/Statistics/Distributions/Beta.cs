namespace Assay.Statistics.Distributions;

/// <summary>The beta distribution with parameters a, b &gt; 0.</summary>
internal static class Beta
{
    /// <summary>ln P(X ≤ x), 0 ≤ x ≤ 1.</summary>
    public static double LogLower(double x, double a, double b) => BetaFunctions.LogLower(x, 1 - x, a, b);

    /// <summary>ln P(X &gt; x).</summary>
    public static double LogUpper(double x, double a, double b) => BetaFunctions.LogUpper(x, 1 - x, a, b);

    /// <summary>The x with P(X ≤ x) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double a, double b) => BetaLogit.Share(BetaLogit.Quantile(p, a, b));

    /// <summary>The x with P(X &gt; x) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q, double a, double b) => BetaLogit.Share(BetaLogit.UpperQuantile(q, a, b));
}
