namespace Assay.Releases.Tests.Canaries.Simulations;

/// <summary>Poisson counts from a seed.</summary>
internal static class Poisson
{
    private const double Small = 30;

    /// <summary>A count of this mean: by products of uniforms while it is small, else Hörmann's PTRS (1993, Insurance: Mathematics and Economics 12:39).</summary>
    public static long Next(Random random, double mean)
    {
        if (mean < Small)
        {
            var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0L);
            for (; product > limit; count++)
            {
                product *= random.NextDouble();
            }

            return count;
        }

        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        while (true)
        {
            var u = random.NextDouble() - 0.5;
            var v = random.NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= 0.9277 - (3.6224 / (b - 2)))
            {
                return (long)k;
            }

            var inverse = 1.1239 + (1.1328 / (b - 3.4));
            if (
                k >= 0
                && !(us < 0.013 && v > us)
                && Math.Log(v) + Math.Log(inverse) - Math.Log((a / (us * us)) + b) <= (k * Math.Log(mean)) - mean - LogFactorial(k)
            )
            {
                return (long)k;
            }
        }
    }

    // Stirling with three terms: 1e-10 from 30 on.
    private static double LogFactorial(double k) =>
        k < 2 ? 0
        : k < Small ? Enumerable.Range(2, (int)k - 1).Sum(i => Math.Log(i))
        : ((k + 0.5) * Math.Log(k)) - k + 0.91893853320467274 + (1 / (12 * k)) - (1 / (360 * k * k * k));
}
