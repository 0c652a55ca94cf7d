namespace Assay.Statistics.Distributions;

/// <summary>Quantiles of counts: a normal start, doubling steps until the answer is enclosed, then halving.</summary>
internal static class DiscreteQuantile
{
    private const double Half = 0.5;

    /// <summary>The smallest k in 0 … greatest with P(K ≤ k) ≥ level.</summary>
    public static long Of<T>(in T counts, double level, long greatest)
        where T : struct, ILogCounts => Smallest(counts, new Level(level, FromAbove: false), greatest);

    /// <summary>The smallest k in 0 … greatest with P(K &gt; k) ≤ q.</summary>
    public static long OfUpper<T>(in T counts, double q, long greatest)
        where T : struct, ILogCounts => Smallest(counts, new Level(q, FromAbove: true), greatest);

    private static long Smallest<T>(in T counts, Level level, long greatest)
        where T : struct, ILogCounts
    {
        var z = level.FromAbove ? Normal.UpperQuantile(level.P) : Normal.Quantile(level.P);
        var start = (long)Math.Clamp(counts.Mean + (z * counts.StandardDeviation), 0, greatest);
        var (low, high) = Enclose(counts, level, start, greatest);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = level.IsReached(counts, middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    /// <summary>A count (or −1) at which the level is not reached, and one above it at which it is.</summary>
    private static (long Low, long High) Enclose<T>(in T counts, Level level, long start, long greatest)
        where T : struct, ILogCounts
    {
        var (low, high) = (start, start);
        if (level.IsReached(counts, start))
        {
            for (var step = 1L; low >= 0 && level.IsReached(counts, low); step *= 2)
            {
                (low, high) = (Math.Max(low - step, -1), low);
            }
        }
        else
        {
            for (var step = 1L; high < greatest && !level.IsReached(counts, high); step *= 2)
            {
                (low, high) = (high, Math.Min(high + step, greatest));
            }
        }

        return (low, high);
    }

    private readonly record struct Level(double P, bool FromAbove)
    {
        // Asked of the tail that is at most a half, so that nothing is compared near 1.
        public bool IsReached<T>(in T counts, long k)
            where T : struct, ILogCounts =>
            (FromAbove, P <= Half) switch
            {
                (false, true) => counts.LogLower(k) >= Math.Log(P),
                (false, false) => counts.LogUpper(k) <= NearOne.Log(-P),
                (true, true) => counts.LogUpper(k) <= Math.Log(P),
                (true, false) => counts.LogLower(k) >= NearOne.Log(-P),
            };
    }
}
