namespace Assay.Statistics.Distributions;

/// <summary>The number of successes among trials that succeed with probability p each, 0 &lt; p &lt; 1. Logarithms are natural.</summary>
internal static class Binomial
{
    /// <summary>ln P(K = k). Source: C. Loader (2000).</summary>
    public static double LogMass(long k, long trials, double p)
    {
        if (k < 0 || k > trials)
        {
            return double.NegativeInfinity;
        }

        return k == 0 ? trials * NearOne.Log(-p)
            : k == trials ? trials * Math.Log(p)
            : Interior(k, trials, p);
    }

    /// <summary>ln P(K ≤ k).</summary>
    public static double LogLower(long k, long trials, double p) =>
        k < 0 ? double.NegativeInfinity
        : k >= trials ? 0
        : BetaFunctions.LogUpper(p, 1 - p, k + 1, trials - k);

    /// <summary>ln P(K &gt; k): above k, k excluded.</summary>
    public static double LogUpper(long k, long trials, double p) =>
        k < 0 ? 0
        : k >= trials ? double.NegativeInfinity
        : BetaFunctions.LogLower(p, 1 - p, k + 1, trials - k);

    /// <summary>The smallest k with P(K ≤ k) ≥ level, 0 &lt; level &lt; 1.</summary>
    public static long Quantile(double level, long trials, double p) => DiscreteQuantile.Of(new Counts(trials, p), level, trials);

    /// <summary>The smallest k with P(K &gt; k) ≤ q, 0 &lt; q &lt; 1.</summary>
    public static long UpperQuantile(double q, long trials, double p) => DiscreteQuantile.OfUpper(new Counts(trials, p), q, trials);

    private static double Interior(long k, long trials, double p)
    {
        double rest = trials - k;
        var excess = Math.FusedMultiplyAdd(trials, p, -k);
        return (0.5 * Math.Log(trials / (k * rest)))
            - Stirling.HalfLogOfTwoPi
            + (Stirling.Error(trials) - Stirling.Error(k) - Stirling.Error(rest))
            - Deviance.Of(k, trials * p, excess)
            - Deviance.Of(rest, trials * (1 - p), -excess);
    }

    private readonly struct Counts(long trials, double p) : ILogCounts
    {
        public double Mean => trials * p;

        public double StandardDeviation => Math.Sqrt(trials * p * (1 - p));

        public double LogLower(long k) => Binomial.LogLower(k, trials, p);

        public double LogUpper(long k) => Binomial.LogUpper(k, trials, p);
    }
}
