namespace Assay.Statistics.Resampling;

/// <summary>Binomial coefficients as long as they are small.</summary>
internal static class Binomials
{
    /// <summary>How many ways there are to choose k of n, 2·k ≤ n; null when more than <paramref name="most"/> (an int and one at most).</summary>
    public static long? AtMost(long n, long k, long most)
    {
        var ways = 1L;
        for (var i = 1L; i <= k; i++)
        {
            // ways ≤ 2³¹ and n < 2³²: the product stays below 2⁶³.
            ways = ways * (n - k + i) / i;
            if (ways > most)
            {
                return null;
            }
        }

        return ways;
    }
}
