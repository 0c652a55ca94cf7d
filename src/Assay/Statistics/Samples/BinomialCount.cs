using Assay.Statistics.Distributions;

namespace Assay.Statistics.Samples;

internal static class BinomialCount
{
    /// <summary>ln P(Bin(n, q) ≤ k), for 0 ≤ k ≤ n: I_{1−q}(n − k, k + 1).</summary>
    public static double LogAtMost(long k, long n, double q) =>
        k >= n ? 0
        : k == 0 ? LogNone(n, q)
        : BetaFunctions.LogLower(1 - q, q, n - k, k + 1);

    /// <summary>ln P(Bin(n, q) = 0) = n·ln(1 − q).</summary>
    public static double LogNone(double n, double q) => n * double.LogP1(-q);
}
