using System.Numerics;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

/// <summary>The moments of whole numbers in exact arithmetic, to hold the floating-point ones against.</summary>
internal static class ExactMoments
{
    /// <summary>Σ(x − m)²= (nΣx² − (Σx)²)/n, and so on; each figure to 1e-15 of its own scale (M3 can cancel: of n·sd³).</summary>
    public static void ShouldBeThoseOf(this Moments moments, IReadOnlyCollection<long> values)
    {
        var n = (BigInteger)values.Count;
        var sums = Enumerable.Range(0, 5).Select(power => values.Aggregate(BigInteger.Zero, (sum, x) => sum + BigInteger.Pow(x, power))).ToArray();
        var m2 = Ratio((n * sums[2]) - (sums[1] * sums[1]), n);
        var m3 = Ratio((n * n * sums[3]) - (3 * n * sums[1] * sums[2]) + (2 * BigInteger.Pow(sums[1], 3)), n * n);
        var m4 = Ratio(
            (n * n * n * sums[4]) - (4 * n * n * sums[1] * sums[3]) + (6 * n * sums[1] * sums[1] * sums[2]) - (3 * BigInteger.Pow(sums[1], 4)),
            n * n * n
        );

        moments.Count.ShouldBe(values.Count);
        moments.Min.ShouldBe(values.Min());
        moments.Max.ShouldBe(values.Max());
        moments.Mean.ShouldBe(Ratio(sums[1], n), Within(Ratio(sums[1], n)));
        moments.M2.ShouldBe(m2, Within(m2));
        moments.M3!.Value.ShouldBe(m3, Within(m3) + Within(Math.Pow(m2, 1.5) / Math.Sqrt(values.Count)));
        moments.M4!.Value.ShouldBe(m4, Within(m4));
    }

    private static double Within(double value) => (Math.Abs(value) * 1e-15) + double.Epsilon;

    /// <summary>The mean's rest: Σx − n·mean exactly, over n.</summary>
    public static double Rest(double mean, IReadOnlyCollection<long> values)
    {
        // A double times 2^60 is whole for every mean of these tests above 2^-8.
        var scaled = (BigInteger)(mean * Math.Pow(2, 60));
        var sum = values.Aggregate(BigInteger.Zero, (total, x) => total + x) * BigInteger.Pow(2, 60);
        return Ratio(sum - (scaled * values.Count), BigInteger.Pow(2, 60) * values.Count);
    }

    public static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        // 40 more decimal digits than the quotient has, so that the conversion alone rounds.
        var shift = BigInteger.Pow(10, 40);
        return (double)(numerator * shift / denominator) / 1e40;
    }
}
