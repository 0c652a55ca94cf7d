namespace Assay.Statistics.Distributions;

/// <summary>The standard normal distribution, with tails as natural logarithms.</summary>
internal static class Normal
{
    private const double LogOf2 = 0.693147180559945309417;

    /// <summary>P(Z &gt; z).</summary>
    public static double Upper(double z) => Math.Exp(LogUpper(z));

    /// <summary>P(Z ≤ z).</summary>
    public static double Lower(double z) => Upper(-z);

    /// <summary>ln P(Z &gt; z), for any finite z.</summary>
    public static double LogUpper(double z) =>
        z >= 0 ? GammaFunctions.LogUpper(0.5, z * z / 2) - LogOf2 : double.LogP1(-Math.Exp(GammaFunctions.LogUpper(0.5, z * z / 2)) / 2);

    /// <summary>The p-value of z under an alternative.</summary>
    public static PValue Tail(double z, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => PValue.FromLog(LogUpper(z)),
            Alternative.Less => PValue.FromLog(LogUpper(-z)),
            _ => PValue.FromLog(LogUpper(Math.Abs(z)) + LogOf2),
        };

    /// <summary>The z with P(Z &gt; z) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q) => -Quantile(q);

    /// <summary>The z with P(Z ≤ z) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p) => p > 0.5 ? LogRoot.Find(Math.Log(1 - p), LogUpper) : -LogRoot.Find(Math.Log(p), LogUpper);
}
