using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Ranks;

/// <summary>
/// Spearman's rank correlation: Pearson's correlation of the mid-ranks (Spearman, "The proof and measurement of association between two things", 1904).
/// The p-value is two-sided, for no association. Assumes independent pairs.
/// </summary>
/// <remarks>
/// p counts all n! orders up to 9 pairs without ties. Above, or with ties, t = r·√((n − 2)/(1 − r²)) is compared with Student's t of n − 2 degrees of
/// freedom (Kendall, Stuart, The Advanced Theory of Statistics 2, §31.19), which is rough in the far tails below some 20 pairs. A correlation of exactly
/// ±1 has no t; its p is 2·Π t!/n!, with t the sizes of the groups of equal values.
/// The interval is tanh(atanh r ± z·√((1 + r²/2)/(n − 3))) (Bonett, Wright, "Sample size requirements for estimating Pearson, Kendall and
/// Spearman correlations", Psychometrika 65, 2000); there is none at ±1.
/// </remarks>
public static class SpearmanCorrelation
{
    private const string Reference = "Spearman 1904; interval: Bonett, Wright 2000";
    private static readonly MethodName ExactMethod = new("Spearman's rank correlation, exact p", Reference);
    private static readonly MethodName StudentMethod = new("Spearman's rank correlation", Reference);

    /// <summary>The correlation, −1 to 1; not computable below 4 pairs and for a series that does not vary.</summary>
    /// <param name="x">One value for each unit.</param>
    /// <param name="y">The other value of the same units in the same order.</param>
    /// <param name="alpha">1 − confidence of the interval.</param>
    public static StatisticResult Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        Demand.SameLength("The values of a correlation", x.Length, y.Length);
        if ((Fault(x, "the first series") ?? Fault(y, "the second series")) is { } reason)
        {
            return StudentMethod.NotComputable(reason);
        }

        var (first, second) = (MidRanks.Of(x), MidRanks.Of(y));
        var r = Correlation(first.Ranks, second.Ranks);
        var n = x.Length;
        return Tested(first, second, r, n) is var result && Math.Abs(r) == 1
            ? result.OrNotComputable()
            : (result with { Interval = Interval(r, n, alpha) }).OrNotComputable();
    }

    private static string? Fault(ReadOnlySpan<double> values, string name) =>
        UnusableValues.In(values, name, least: 4)
        ?? (values.ContainsAnyExcept(values[0]) ? null : FormattableString.Invariant($"{name} does not vary: all {values.Length} values are {values[0]}"));

    /// <summary>Deviations of mid-ranks from their mean are whole quarters, so that nothing is rounded until the sums pass 2⁵³.</summary>
    private static double Correlation(double[] x, double[] y)
    {
        var mean = (x.Length + 1) / 2.0;
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - mean, y[i] - mean);
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }

        return xx == yy ? xy / xx : xy / Math.Sqrt(xx) / Math.Sqrt(yy);
    }

    private static Computed Tested(MidRanks x, MidRanks y, double r, int n)
    {
        if (n <= SpearmanDistribution.MaxCount && !x.Tied && !y.Tied)
        {
            return ExactMethod.Result(r, n) with { P = PValue.From(2 * SpearmanDistribution.Upper(n, Sum(x.Ranks, y.Ranks, r))) };
        }

        if (Math.Abs(r) == 1)
        {
            return ExactMethod.Result(r, n) with { P = PValue.FromLog(Math.Log(2) + x.LogTies - GammaFunctions.LogGamma(n + 1.0)) };
        }

        var df = n - 2.0;
        var t = r * Math.Sqrt(df / ((1 - r) * (1 + r)));
        return StudentMethod.Result(r, n) with { Statistic = t, DegreesOfFreedom = df, P = StudentT.Tail(t, df, Alternative.TwoSided) };
    }

    /// <summary>Σ of the products of ranks, mirrored for a negative correlation (whose distribution is the same).</summary>
    private static int Sum(double[] x, double[] y, double r)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * (r < 0 ? x.Length + 1 - y[i] : y[i]);
        }

        return (int)sum;
    }

    private static Interval Interval(double r, int n, double alpha)
    {
        var half = Normal.UpperQuantile(alpha / 2) * Math.Sqrt((1 + (r * r / 2)) / (n - 3));
        var z = Math.Atanh(r);
        return new Interval(Math.Tanh(z - half), Math.Tanh(z + half), 1 - alpha);
    }
}
