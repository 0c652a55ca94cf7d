namespace Assay.Statistics.Distributions;

/// <summary>
/// Logarithms and powers beside 1, with all their digits. The platform's <c>double.LogP1</c> and <c>double.ExpM1</c>
/// are ln(1 + u) and e^u − 1 as written, which give 0 for u = 1e-17.
/// </summary>
internal static class NearOne
{
    private const double LogOfHalf = -0.693147180559945309417;

    // (atanh(r) − r)/r³ as a series in r², the highest power first; enough for r² ≤ 0.04.
    private static ReadOnlySpan<double> Atanh =>
        [1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3];

    /// <summary>ln(1 + u), u &gt; −1.</summary>
    public static double Log(double u)
    {
        // W. Kahan: the rounding of 1 + u errs in the logarithm and in the divisor alike, and cancels.
        var w = 1 + u;
        return w == 1 ? u
            : double.IsPositiveInfinity(w) ? w
            : Math.Log(w) * (u / (w - 1));
    }

    /// <summary>ln(1 + u) − u, u &gt; −1, with a small relative error also where u is small.</summary>
    public static double LogLessLinear(double u)
    {
        if (u is < -0.3 or > 0.5)
        {
            return Log(u) - u;
        }

        // ln(1 + u) = 2 atanh(r) and u − 2r = u r with r = u/(2 + u).
        var r = u / (2 + u);
        var square = r * r;
        var sum = 0.0;
        foreach (var coefficient in Atanh)
        {
            sum = Math.FusedMultiplyAdd(sum, square, coefficient);
        }

        return r * ((2 * square * sum) - u);
    }

    /// <summary>e^u − 1.</summary>
    public static double ExpLessOne(double u)
    {
        // Kahan's companion: the rounded e^u is the exact exponential of its own logarithm.
        var w = Math.Exp(u);
        return w == 1 ? u
            : w - 1 == -1 ? -1
            : double.IsPositiveInfinity(w) ? w
            : (w - 1) * (u / Math.Log(w));
    }

    /// <summary>ln(1 − p) from ln p ≤ 0: the other tail.</summary>
    public static double LogOfComplement(double logP) =>
        logP >= 0 ? double.NegativeInfinity
        : logP > LogOfHalf ? Math.Log(-ExpLessOne(logP))
        : Log(-Math.Exp(logP));
}
