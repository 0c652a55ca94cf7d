namespace Assay.Statistics.Distributions;

/// <summary>The Poisson distribution with a mean above 0. Logarithms are natural.</summary>
internal static class Poisson
{
    // Counts above this are not told apart by a double.
    private const long Greatest = 1L << 52;

    /// <summary>ln P(K = k). Source: C. Loader (2000).</summary>
    public static double LogMass(long k, double mean) =>
        k < 0 ? double.NegativeInfinity
        : k == 0 ? -mean
        : (-0.5 * Math.Log(k)) - Stirling.HalfLogOfTwoPi - Stirling.Error(k) - Deviance.Of(k, mean, mean - k);

    /// <summary>ln P(K ≤ k).</summary>
    public static double LogLower(long k, double mean) => k < 0 ? double.NegativeInfinity : GammaFunctions.LogUpper(k + 1.0, mean);

    /// <summary>ln P(K &gt; k): above k, k excluded.</summary>
    public static double LogUpper(long k, double mean) => k < 0 ? 0 : GammaFunctions.LogLower(k + 1.0, mean);

    /// <summary>The smallest k with P(K ≤ k) ≥ level, 0 &lt; level &lt; 1.</summary>
    public static long Quantile(double level, double mean) => DiscreteQuantile.Of(new Counts(mean), level, Greatest);

    /// <summary>The smallest k with P(K &gt; k) ≤ q, 0 &lt; q &lt; 1.</summary>
    public static long UpperQuantile(double q, double mean) => DiscreteQuantile.OfUpper(new Counts(mean), q, Greatest);

    private readonly struct Counts(double mean) : ILogCounts
    {
        public double Mean => mean;

        public double StandardDeviation => Math.Sqrt(mean);

        public double LogLower(long k) => Poisson.LogLower(k, mean);

        public double LogUpper(long k) => Poisson.LogUpper(k, mean);
    }
}
