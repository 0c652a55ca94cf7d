namespace Assay.Statistics.Distributions;

/// <summary>The beta distribution with parameters a, b &gt; 0.</summary>
internal static class Beta
{
    /// <summary>ln P(X ≤ x), 0 ≤ x ≤ 1.</summary>
    public static double LogLower(double x, double a, double b) => BetaFunctions.LogLower(x, 1 - x, a, b);

    /// <summary>ln P(X &gt; x).</summary>
    public static double LogUpper(double x, double a, double b) => BetaFunctions.LogUpper(x, 1 - x, a, b);

    /// <summary>The x with P(X ≤ x) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double a, double b)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 1100 && low < high; step++)
        {
            var middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = Math.Exp(LogLower(middle, a, b)) < p ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The x with P(X &gt; x) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q, double a, double b) => 1 - Quantile(q, b, a);
}
