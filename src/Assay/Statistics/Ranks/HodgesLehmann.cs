using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Ranks;

/// <summary>
/// The Hodges-Lehmann estimate of a shift: the median of all n·m differences treatment − control (Hodges, Lehmann, "Estimates of location
/// based on rank tests", Annals of Mathematical Statistics 34, 1963).
/// Assumes independent values and, to be read as a shift, distributions of the same shape.
/// </summary>
/// <remarks>
/// The differences are not written down: the selection walks through sorted arms, O((n + m) log(n·m)) time and O(n + m) memory.
/// The interval runs between two ordered differences whose ranks are quantiles of U (Lehmann, Nonparametrics, 1975, ch. 2.6): counted exactly
/// up to 10,000 pairs, by the normal approximation above. Values on a grid give ends on that grid. It is null when the arms are too small for the
/// confidence asked for: 3 and 3 values carry no two-sided interval of 95 %.
/// </remarks>
public static class HodgesLehmann
{
    private static readonly MethodName Method = new("Hodges-Lehmann shift", "Hodges, Lehmann 1963; interval: Lehmann 1975");

    /// <summary>The shift, in the unit of the values, with its interval.</summary>
    /// <param name="control">The control's values, in any order.</param>
    /// <param name="treatment">The treatment's values, in any order.</param>
    /// <param name="alpha">1 − confidence, between 0 and 1.</param>
    /// <param name="alternative">One-sided alternatives give one end.</param>
    public static StatisticResult Shift(
        ReadOnlySpan<double> control,
        ReadOnlySpan<double> treatment,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.Alpha(alpha);
        if ((UnusableValues.InArms(control, treatment) ?? UnusableValues.InConstantArms(control, treatment)) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        return Shift(Method, new SortedArms(control, treatment), alpha, alternative).OrNotComputable();
    }

    /// <summary>The shift under the name of the test that it belongs to.</summary>
    internal static Computed Shift(MethodName method, SortedArms arms, double alpha, Alternative alternative)
    {
        var differences = arms.Differences();
        return method.Result(differences.Median(), arms.Total) with { Interval = Interval(arms, differences, alpha, alternative) };
    }

    private static Interval? Interval(SortedArms arms, DifferenceMatrix differences, double alpha, Alternative alternative)
    {
        var rank = Rank(arms, alternative == Alternative.TwoSided ? alpha / 2 : alpha);
        if (rank < 1)
        {
            return null;
        }

        double? low = alternative == Alternative.Less ? null : differences.Select(rank);
        double? high = alternative == Alternative.Greater ? null : differences.Select(arms.Pairs + 1 - rank);
        return new Interval(low, high, 1 - alpha);
    }

    /// <summary>The largest r with P(U &lt; r) ≤ tail, so that the ordered differences r and n·m + 1 − r leave out at most a tail each.</summary>
    internal static long Rank(SortedArms arms, double tail)
    {
        if (arms.Counted() is { } counted)
        {
            return counted.Rank(tail);
        }

        // P(U ≤ r − 1) with the continuity correction of one half.
        var deviation = Math.Sqrt(arms.Pairs / 12.0 * (arms.Total + 1));
        return (long)Math.Floor((arms.Pairs / 2.0) + 0.5 - (Normal.UpperQuantile(tail) * deviation));
    }
}
