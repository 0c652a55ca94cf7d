namespace Assay.Statistics.Distributions;

/// <summary>The gamma distribution with a shape above 0 and scale 1 (multiply x by the rate for another scale), with tails as natural logarithms.</summary>
internal static class GammaDistribution
{
    private const double LogOfHalf = -0.693147180559945309417;

    /// <summary>ln P(X ≤ x), x ≥ 0.</summary>
    public static double LogLower(double x, double shape) => GammaFunctions.LogLower(shape, x);

    /// <summary>ln P(X &gt; x), x ≥ 0.</summary>
    public static double LogUpper(double x, double shape) => GammaFunctions.LogUpper(shape, x);

    /// <summary>The x with P(X ≤ x) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p, double shape) => p <= 0.5 ? LogLowerQuantile(Math.Log(p), shape) : LogUpperQuantile(NearOne.Log(-p), shape);

    /// <summary>The x with P(X &gt; x) = q, 0 &lt; q &lt; 1.</summary>
    public static double UpperQuantile(double q, double shape) => q <= 0.5 ? LogUpperQuantile(Math.Log(q), shape) : LogLowerQuantile(NearOne.Log(-q), shape);

    /// <summary>The x with ln P(X ≤ x) = log &lt; 0. Below the range of double it is 0.</summary>
    public static double LogLowerQuantile(double log, double shape)
    {
        // P ≤ x^a/Γ(a + 1), closely so where x is small: the root lies to the right of this.
        var left = (log + GammaFunctions.LogGammaOfNext(shape)) / shape;
        if (left < -40)
        {
            return Math.Exp(left);
        }

        var start = shape < 1 ? left : Math.Max(left, WilsonHilferty(shape, log < LogOfHalf ? -NormalQuantile.OfLogUpper(log) : 0));
        return Math.Exp(TailRoot.OfLower(new InLogarithm(shape), log, start));
    }

    /// <summary>The x with ln P(X &gt; x) = log &lt; 0.</summary>
    public static double LogUpperQuantile(double log, double shape)
    {
        // For shapes up to 1, Q ≤ e^−x: the root lies to the left of −log.
        var start = shape <= 1 ? Math.Log(-log) : WilsonHilferty(shape, log < LogOfHalf ? NormalQuantile.OfLogUpper(log) : 0);
        return Math.Exp(TailRoot.OfUpper(new InLogarithm(shape), log, start));
    }

    // ln of a (1 − 1/(9a) + z/(3√a))³; E. B. Wilson and M. M. Hilferty (1931).
    private static double WilsonHilferty(double shape, double z)
    {
        var root = 1 - (1 / (9 * shape)) + (z / (3 * Math.Sqrt(shape)));
        return Math.Log(shape) + (3 * Math.Log(Math.Max(root, 0.05)));
    }

    private readonly struct InLogarithm(double shape) : ILogTails
    {
        public LogTails At(double s) => GammaFunctions.Tails(shape, Math.Exp(s));

        public double Slope(double s) => shape - Math.Exp(s);
    }
}
