using Assay.Statistics.Distributions;
using Assay.Statistics.Rates;

namespace Assay.Statistics.Tables;

/// <summary>
/// The check for a sample ratio mismatch: whether the arms of an experiment hold the shares of units that their weights ask for.
/// A mismatch means that assignment or logging is broken and that no other figure of the experiment can be trusted.
/// The usual alarm is p below 0.001 (Fabijan et al., KDD 2019), strict because the check is repeated often.
/// </summary>
public static class SampleRatio
{
    private static readonly MethodName Method = new(
        "Sample ratio mismatch, Pearson's χ² test of given shares",
        "Pearson, Philosophical Magazine 50, 1900; Fabijan et al., KDD 2019"
    );

    /// <summary>
    /// χ² = Σ (O − E)²/E over the arms of a weight above 0, E = units × weight/Σ weights, with one degree of freedom less than such arms.
    /// <see cref="Computed.Estimate"/> is the share of units that sit in a wrong arm, ½ Σ|O − E|/units, 0 to 1.
    /// Assumes units assigned independently of each other and each counted once; the p-value is asymptotic and wants expected counts of 5 or more.
    /// Units in an arm of weight 0 are left out, and <see cref="Computed.N"/> does not count them: they may be from before its weight was taken away.
    /// Fewer than two arms of a weight above 0, or no units in them, give <see cref="NotComputable"/>.
    /// </summary>
    /// <param name="observed">Units seen in each arm, 0 or more, at most 2^53 in all.</param>
    /// <param name="weights">The planned weights in the same order, 0 or more, not all 0; they need not sum to 1. Arms of weight 0 do not count.</param>
    /// <exception cref="AssayException">The lengths differ, or a count or weight is out of range.</exception>
    public static StatisticResult Check(ReadOnlySpan<long> observed, ReadOnlySpan<double> weights)
    {
        DemandPlan(observed, weights);
        var units = Units(observed, weights);
        return Lack(weights, units) is { } lack ? Method.NotComputable(lack) : Result(observed, weights, units);
    }

    private static StatisticResult Result(ReadOnlySpan<long> observed, ReadOnlySpan<double> weights, long units)
    {
        var (largest, sum, counted) = Scale(weights);
        var (statistic, misplaced) = (0.0, 0.0);
        for (var i = 0; i < observed.Length; i++)
        {
            if (weights[i] > 0)
            {
                var expected = units * (weights[i] / largest / sum);
                var excess = observed[i] - expected;
                statistic += excess / expected * excess;
                misplaced += Math.Abs(excess) / 2;
            }
        }

        var result = Method.Result(misplaced / units, units) with
        {
            Statistic = statistic,
            DegreesOfFreedom = counted - 1,
            P = PValue.FromLog(ChiSquared.LogUpper(statistic, counted - 1)),
        };
        return result.OrNotComputable();
    }

    private static string? Lack(ReadOnlySpan<double> weights, long units)
    {
        if (units == 0)
        {
            return "no arm has units yet";
        }

        return Scale(weights).Counted < 2 ? "only 1 arm has a weight above 0; a ratio needs 2" : null;
    }

    // The sum is taken over shares of the largest weight, so that weights near the end of double cannot overflow.
    private static WeightScale Scale(ReadOnlySpan<double> weights)
    {
        var (largest, sum, counted) = (0.0, 0.0, 0);
        foreach (var weight in weights)
        {
            largest = Math.Max(largest, weight);
        }

        foreach (var weight in weights)
        {
            sum += weight / largest;
            counted += weight > 0 ? 1 : 0;
        }

        return new WeightScale(largest, sum, counted);
    }

    private static long Units(ReadOnlySpan<long> observed, ReadOnlySpan<double> weights)
    {
        var sum = Int128.Zero;
        for (var i = 0; i < observed.Length; i++)
        {
            Counts.NotNegative($"Arm {i + 1}", observed[i]);
            sum += weights[i] > 0 ? observed[i] : 0;
        }

        return Counts.Total("The list of arms", sum);
    }

    private static void DemandPlan(ReadOnlySpan<long> observed, ReadOnlySpan<double> weights)
    {
        if (observed.Length != weights.Length)
        {
            throw AssayException.Usage($"There are {observed.Length} arms but {weights.Length} weights.", "Give one weight for every arm, in the same order.");
        }

        var any = false;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
            {
                throw AssayException.Usage($"Arm {i + 1} has the weight {weights[i]}.", "Give finite weights of 0 or more.");
            }

            any |= weights[i] > 0;
        }

        if (!any)
        {
            throw AssayException.Usage("No arm has a weight above 0.", "Give the planned weights, such as 0.5 and 0.5.");
        }
    }

    private readonly record struct WeightScale(double Largest, double Sum, int Counted);
}
