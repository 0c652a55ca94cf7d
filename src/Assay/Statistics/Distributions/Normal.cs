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
    public static double LogUpper(double z) => z >= 0 ? LogTail(z) : NearOne.Log(-Math.Exp(LogTail(-z)));

    /// <summary>ln P(Z ≤ z), for any finite z.</summary>
    public static double LogLower(double z) => LogUpper(-z);

    /// <summary>The logarithm of the density at z.</summary>
    public static double LogDensity(double z) => (-z * z / 2) - Stirling.HalfLogOfTwoPi;

    /// <summary>The p-value of z under an alternative.</summary>
    public static PValue Tail(double z, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => PValue.FromLog(LogUpper(z)),
            Alternative.Less => PValue.FromLog(LogUpper(-z)),
            _ => PValue.FromLog(LogUpper(Math.Abs(z)) + LogOf2),
        };

    /// <summary>The z with P(Z &gt; z) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q) => -NormalQuantile.Of(q);

    /// <summary>The z with P(Z ≤ z) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p) => NormalQuantile.Of(p);

    private static double LogTail(double z)
    {
        // The rounding of z² is a large part of a far tail: at z = 37 it is 1e-13 of the probability.
        var square = z * z;
        var rest = Math.FusedMultiplyAdd(z, z, -square);
        return (-square / 2) + (Math.Log(MillsRatio.At(z)) - Stirling.HalfLogOfTwoPi - (double.IsFinite(rest) ? rest / 2 : 0));
    }
}
