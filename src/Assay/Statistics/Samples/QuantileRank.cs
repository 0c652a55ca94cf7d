namespace Assay.Statistics.Samples;

/// <summary>Which value of a sorted sample is a quantile.</summary>
internal static class QuantileRank
{
    // 2^−52, the distance from 1 to the next double.
    private const double Rounding = 2.220446049250313e-16;

    /// <summary>
    /// ⌈n·q⌉, at least 1. A share such as 0.07 is no exact double: n·q within 4 roundings of a whole number counts as that number,
    /// as R does it (Hyndman and Fan 1996; R's quantile, types 1 to 3).
    /// </summary>
    public static long InvertedCdf(long n, double q)
    {
        var rank = n * q;
        var nearest = Math.Round(rank);
        var whole = Math.Abs(rank - nearest) <= 4 * Rounding * rank ? nearest : Math.Ceiling(rank);
        return Math.Max(1, (long)whole);
    }

    /// <summary>A share from 0 to 1.</summary>
    public static void Demand(double q)
    {
        if (!(q >= 0 && q <= 1))
        {
            throw AssayException.Usage($"The quantile {q} does not exist.", "Give a share between 0 and 1, such as 0.95 for P95.");
        }
    }
}
