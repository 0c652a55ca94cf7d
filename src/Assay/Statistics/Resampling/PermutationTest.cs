using Assay.Statistics.Samples;

namespace Assay.Statistics.Resampling;

/// <summary>
/// The permutation test of the difference of means, treatment − control, of two independent arms (Fisher 1935; Pitman, "Significance tests which
/// may be applied to samples from any populations", 1937). Under the null hypothesis each split of the values into arms of these sizes is equally likely.
/// </summary>
/// <remarks>
/// Assumes that units were assigned to the arms at random; it needs no distribution. It tests equal distributions: with different variances and
/// unequal arms it is no test of means alone. Two-sided counts splits with |difference| at least as large as seen (not twice the smaller tail).
/// All splits are counted when there are at most draws + 1, else random ones are drawn and p = (b + 1)/(m + 1) (Phipson, Smyth, "Permutation
/// p-values should never be zero", 2010). Splits equal to what was seen up to rounding count as extreme. There is no interval.
/// Cost: draws times the size of the smaller arm.
/// </remarks>
public static class PermutationTest
{
    private static readonly MethodName Method = new("Permutation test of the difference of means", "Pitman 1937; Phipson, Smyth 2010");

    /// <summary>The difference of means and its p-value.</summary>
    /// <param name="control">The control's values.</param>
    /// <param name="treatment">The treatment's values.</param>
    /// <param name="draws">Random splits, 1 or more; the smallest possible p-value is 1/(draws + 1).</param>
    /// <param name="seed">Seed of the draws; the result's method names it.</param>
    /// <param name="alternative">What the p-value speaks about.</param>
    public static StatisticResult Compare(
        ReadOnlySpan<double> control,
        ReadOnlySpan<double> treatment,
        int draws = Draws.Default,
        long seed = 1,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Draws.Demand("draws", draws);
        if ((UnusableValues.InArms(control, treatment) ?? UnusableValues.InConstantArms(control, treatment)) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var splits = Splits(control, treatment, alternative);
        if (!splits.IsFinite)
        {
            return Method.NotComputable("the values are too large, or too far apart: their sum leaves the range of a double");
        }

        var (method, p) = Binomials.AtMost(splits.Total, splits.Drawn, draws + 1L) is { } all
            ? (Method.Exact(all, "splits"), splits.CountAll())
            : (Method.Seeded(draws, "draws", seed), splits.CountDrawn(draws, new SeededRandom(seed)));
        var difference = Moments.DifferenceOfMeans(Moments.Of(control), Moments.Of(treatment));
        return (method.Result(difference, splits.Total) with { P = p }).OrNotComputable();
    }

    /// <summary>The smaller arm is drawn: its sum decides the difference of means.</summary>
    private static MeanSplits Splits(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, Alternative alternative) =>
        treatment.Length <= control.Length ? new MeanSplits(treatment, control, alternative) : new MeanSplits(control, treatment, Mirrored(alternative));

    private static Alternative Mirrored(Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => Alternative.Less,
            Alternative.Less => Alternative.Greater,
            _ => Alternative.TwoSided,
        };
}
