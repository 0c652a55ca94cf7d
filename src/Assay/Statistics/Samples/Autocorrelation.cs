namespace Assay.Statistics.Samples;

/// <summary>Whether neighbours in a series go together.</summary>
public static class Autocorrelation
{
    private static readonly MethodName Method = new("Lag-1 autocorrelation", "Box and Jenkins (1976), Time Series Analysis, ch. 2");

    /// <summary>
    /// r₁ = Σ(xᵢ − m)(xᵢ₊₁ − m) / Σ(xᵢ − m)², m the mean, as NIST certifies it. Assumes equally spaced values of a series whose
    /// mean and variance do not drift.
    /// </summary>
    /// <returns>The coefficient as the estimate; not computable below two values, without variance, or with values that are not finite.</returns>
    public static StatisticResult Lag1(ReadOnlySpan<double> series)
    {
        var moments = Moments.Of(series);
        return moments.NotFinite > 0 ? Method.NotComputable($"the series has {Counted.NotFinite(moments.NotFinite)}")
            : moments.Count < 2 ? Method.NotComputable($"the series has {Counted.Values(moments.Count)}; an autocorrelation needs 2")
            : moments.M2 == 0 ? Method.NotComputable($"all {moments.Count} values are equal; there is no variance")
            : Method.Result(OfNeighbours(series, moments) / moments.M2, moments.Count).OrNotComputable();
    }

    private static double OfNeighbours(ReadOnlySpan<double> series, in Moments moments)
    {
        var sum = (DoubleDouble)0;
        var before = Distance(series[0], moments);
        foreach (var value in series[1..])
        {
            var distance = Distance(value, moments);
            sum += before * distance;
            before = distance;
        }

        return sum.High;
    }

    private static DoubleDouble Distance(double value, in Moments moments) => value - moments.FullMean;
}
