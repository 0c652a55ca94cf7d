using System.Globalization;
using Assay.Statistics.Rates;

namespace Assay.Statistics.Means;

/// <summary>
/// A mean whose values nearly all equal one number: full marks with a few exceptions, differences that are nearly all 0. A t test is far too sure there, since
/// the few exceptions say little of how many there might be. When the range of values is known, the share of exceptions bounds the mean.
/// </summary>
public static class RareDeviations
{
    private static readonly MethodName Method = new(
        "bound of a mean from the share of values that deviate",
        "Markov's inequality; Clopper and Pearson, Biometrika 26, 1934; for clusters Korn and Graubard, Survey Methodology 24, 1998"
    );

    /// <summary>
    /// mean ≥ usual − (usual − low)·P(value &lt; usual), and mirrored above: the claim that the mean exceeds a limit follows from the claim that the share below is
    /// less than (usual − limit)/(usual − low), which <see cref="RateTest"/> tests. It holds for every distribution on the range, and is wide when deviations are small.
    /// </summary>
    /// <param name="values">The values, all within the range.</param>
    /// <param name="clusters">The cluster of each value, in the same order.</param>
    /// <param name="usual">What nearly all values equal.</param>
    /// <param name="low">The least possible value.</param>
    /// <param name="high">The greatest possible value.</param>
    /// <param name="limit">The mean under the null hypothesis.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1.</param>
    /// <param name="alternative">Greater or less.</param>
    /// <returns>The mean as estimate, p and an interval with one end; <see cref="NotComputable"/> without values, below two clusters, or outside the range.</returns>
    /// <exception cref="AssayException">Alpha is out of range, the claim is two-sided, or the lengths differ.</exception>
    public static StatisticResult Test(
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> clusters,
        double usual,
        double low,
        double high,
        double limit,
        double alpha = 0.05,
        Alternative alternative = Alternative.Greater
    )
    {
        Demand.SameLength("Values and clusters", values.Length, clusters.Length);
        var isGreater = alternative == Alternative.Greater;
        // How far a value can be from the usual one on the side that speaks against the claim.
        var reach = isGreater ? usual - low : high - usual;
        var worse = new bool[values.Length];
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= low && values[i] <= high))
            {
                return Method.NotComputable(string.Create(CultureInfo.InvariantCulture, $"the value {values[i]} lies outside the range from {low} to {high}"));
            }

            worse[i] = isGreater ? values[i] < usual : values[i] > usual;
            sum += values[i];
        }

        if (reach <= 0)
        {
            return Method.NotComputable("the usual value is the worst of the range");
        }

        var distance = isGreater ? usual - limit : limit - usual;
        var share = RateTest.Clustered(worse, clusters, Math.Clamp(distance / reach, 0, 1), alpha, Alternative.Less);
        return share is Computed { Interval.High: { } most } found
            ? (
                Method.Result(sum / values.Length, values.Length) with
                {
                    Interval = isGreater ? new(usual - (reach * most), null, 1 - alpha) : new(null, usual + (reach * most), 1 - alpha),
                    P = found.P,
                }
            ).OrNotComputable()
            : Method.NotComputable(((NotComputable)share).Reason);
    }
}
