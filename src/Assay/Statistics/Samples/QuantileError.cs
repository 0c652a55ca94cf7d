using Assay.Statistics.Distributions;

namespace Assay.Statistics.Samples;

/// <summary>The standard error of a sample quantile from two order statistics (Price and Bonett 2002).</summary>
internal static class QuantileError
{
    /// <summary>Whether both order statistics are in the sample.</summary>
    public static bool Fits(long n, double q) => n > 0 && Ranks(n, q) is var (low, high) && low >= 1 && high <= n;

    /// <summary>The smallest n from which on both order statistics are in the sample.</summary>
    public static long Needed(double q)
    {
        var (fails, holds) = (0L, 1L);
        while (!Fits(holds, q))
        {
            (fails, holds) = (holds, holds * 2);
        }

        while (holds - fails > 1)
        {
            var middle = fails + ((holds - fails) / 2);
            (fails, holds) = Fits(middle, q) ? (fails, middle) : (middle, holds);
        }

        return holds;
    }

    /// <summary>(x₍high₎ − x₍low₎) / (z_low + z_high), the z from the exact binomial tails outside the two ranks.</summary>
    public static double Of(OrderedSample sample, double q)
    {
        var (low, high) = Ranks(sample.Count, q);
        var below = Math.Exp(Binomial.LogLower(low - 1, sample.Count, q));
        var above = Math.Exp(Binomial.LogLower(sample.Count - high, sample.Count, 1 - q));
        var distance = sample.Values[(int)high - 1] - sample.Values[(int)low - 1];
        return distance / (Normal.UpperQuantile(below) + Normal.UpperQuantile(above));
    }

    private static (long Low, long High) Ranks(long n, double q)
    {
        var reach = 2 * Math.Sqrt(n * q * (1 - q));
        return ((long)Math.Round(((n + 1) * q) - reach), (long)Math.Round(((n + 1) * q) + reach));
    }
}
