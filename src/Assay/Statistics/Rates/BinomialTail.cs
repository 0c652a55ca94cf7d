using Assay.Statistics.Distributions;

namespace Assay.Statistics.Rates;

/// <summary>How often chance alone gives a count: the exact upper tail of the binomial distribution.</summary>
public static class BinomialTail
{
    /// <summary>log10 P(K ≥ count) for independent trials that succeed with probability <paramref name="rate"/>; 0 for a count of 0 or less.</summary>
    /// <param name="count">Successes.</param>
    /// <param name="trials">Trials, 0 or more.</param>
    /// <param name="rate">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Trials or rate are outside their range.</exception>
    public static double Log10AtLeast(long count, long trials, double rate)
    {
        Check(trials, rate);
        return Binomial.LogUpper(count - 1, trials, rate) / Math.Log(10);
    }

    /// <summary>The smallest count that chance reaches with probability <paramref name="probability"/> at most; trials + 1 when no count is so rare.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <param name="trials">Trials, 0 or more.</param>
    /// <param name="rate">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static long LeastRare(double probability, long trials, double rate)
    {
        Check(trials, rate);
        if (!(probability > 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1, ends excluded.");
        }

        return trials == 0 ? 1 : Binomial.UpperQuantile(probability, trials, rate) + 1;
    }

    private static void Check(long trials, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (!(rate > 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies between 0 and 1, ends excluded.");
        }
    }
}
