namespace Assay.Statistics.Distributions;

/// <summary>
/// The number of successes among draws without replacement from a population of so many, of which so many are successes:
/// the top left cell of a 2 × 2 table with fixed margins. Logarithms are natural.
/// </summary>
internal static class Hypergeometric
{
    /// <summary>The fewest successes that the margins allow.</summary>
    public static long Least(long draws, long successes, long population) => Math.Max(0, draws - (population - successes));

    /// <summary>The most successes that the margins allow.</summary>
    public static long Most(long draws, long successes, long population) => Math.Min(draws, successes);

    /// <summary>
    /// ln P(K = k), as three binomial masses with the same p = draws/population, which p cancels out of; so no difference of large ln Γ is taken.
    /// Source: C. Loader (2000).
    /// </summary>
    public static double LogMass(long k, long draws, long successes, long population)
    {
        if (k < Least(draws, successes, population) || k > Most(draws, successes, population))
        {
            return double.NegativeInfinity;
        }

        if (draws == 0 || draws == population)
        {
            return 0;
        }

        var p = (double)draws / population;
        return Binomial.LogMass(k, successes, p) + Binomial.LogMass(draws - k, population - successes, p) - Binomial.LogMass(draws, population, p);
    }

    /// <summary>ln P(K ≤ k).</summary>
    public static double LogLower(long k, long draws, long successes, long population)
    {
        if (k >= Most(draws, successes, population))
        {
            return 0;
        }

        var mode = Mode(draws, successes, population);
        return k <= mode ? LogSumDown(k, draws, successes, population) : NearOne.LogOfComplement(LogSumUp(k + 1, draws, successes, population));
    }

    /// <summary>ln P(K &gt; k): above k, k excluded.</summary>
    public static double LogUpper(long k, long draws, long successes, long population)
    {
        if (k < Least(draws, successes, population))
        {
            return 0;
        }

        var mode = Mode(draws, successes, population);
        return k < mode ? NearOne.LogOfComplement(LogSumDown(k, draws, successes, population)) : LogSumUp(k + 1, draws, successes, population);
    }

    private static long Mode(long draws, long successes, long population) => (long)((draws + 1.0) * (successes + 1.0) / (population + 2.0));

    /// <summary>ln P(K ≤ k) by the ratios of neighbouring masses, which fall from k on.</summary>
    private static double LogSumDown(long k, long draws, long successes, long population)
    {
        var least = Least(draws, successes, population);
        if (k < least)
        {
            return double.NegativeInfinity;
        }

        var (term, sum) = (1.0, 1.0);
        for (var i = k; i > least && term > sum * 1e-17; i--)
        {
            term *= (double)i / (successes - i + 1) * ((population - successes - draws + i) / (double)(draws - i + 1));
            sum += term;
        }

        return LogMass(k, draws, successes, population) + Math.Log(sum);
    }

    /// <summary>ln P(K ≥ k).</summary>
    private static double LogSumUp(long k, long draws, long successes, long population)
    {
        // Failures drawn are draws − K: the upper tail of successes is the lower tail of failures.
        return LogSumDown(draws - k, draws, population - successes, population);
    }
}
