using Assay.Statistics.Distributions;

namespace Assay.Statistics.Sequential;

/// <summary>
/// The normal mixture of Robbins for a sum of n values with variance s² each, with a tuning ρ² that does not depend on the data.
/// Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, arXiv 2103.06476: eq. 9 and 161 (two-sided), appendix B (one-sided), 155 (p-value).
/// </summary>
/// <param name="RhoSquared">ρ²: the variance of the mixture in units of s².</param>
internal readonly record struct NormalMixture(double RhoSquared)
{
    private const double LogOf2 = 0.693147180559945309417;

    /// <summary>The ρ² whose interval at this alpha is about the narrowest after tuningN values: (−2 ln α + ln(1 − 2 ln α))/tuningN.</summary>
    public static NormalMixture Tuned(double alpha, long tuningN) => new(1 / Concentration(alpha, tuningN));

    /// <summary>1/ρ² of <see cref="Tuned"/>: how many values the mixture's prior weighs.</summary>
    public static double Concentration(double alpha, long tuningN)
    {
        var log = -2 * Math.Log(alpha);
        return tuningN / (log + NearOne.Log(log));
    }

    /// <summary>Half the width of the two-sided interval, in units of the mean's: s·√(2(nρ² + 1)/(n²ρ²)·ln(√(nρ² + 1)/α)).</summary>
    public double HalfWidth(double n, double alpha) => Width(n, LogGrowth(n) - Math.Log(alpha));

    /// <summary>The distance to the one-sided interval's end: ln(1 + √(nρ² + 1)/(2α)) in place of the logarithm.</summary>
    public double OneSidedWidth(double n, double alpha) => Width(n, NearOne.Log(Math.Exp(LogGrowth(n) - Math.Log(alpha) - LogOf2)));

    /// <summary>ln p = −ln E of a mean that lies z standard errors (s/√n) from the null: √(nρ² + 1)·exp(−ρ²nz²/(2(nρ² + 1))).</summary>
    public double LogP(double n, double z) => LogGrowth(n) - Exponent(n, z);

    /// <summary>ln p of the one-sided test: the alpha at which the one-sided interval ends at the null; 0 for z at or below 0.</summary>
    public double OneSidedLogP(double n, double z)
    {
        if (z <= 0)
        {
            return 0;
        }

        var exponent = Exponent(n, z);
        return LogGrowth(n) - LogOf2 - exponent - NearOne.Log(-Math.Exp(-exponent));
    }

    private double Width(double n, double log) => Math.Sqrt(2 * ((n * RhoSquared) + 1) / (n * RhoSquared) / n * log);

    private double LogGrowth(double n) => NearOne.Log(n * RhoSquared) / 2;

    private double Exponent(double n, double z) => z * z / 2 * (n * RhoSquared / ((n * RhoSquared) + 1));
}
