using Assay.Statistics.Samples;

namespace Assay.Statistics.Resampling;

/// <summary>
/// The paired randomisation test of the mean difference: under the null hypothesis the sign of each pair's difference is a coin toss
/// (Fisher, The Design of Experiments, 1935, §21; for retrieval: Smucker, Allan, Carterette, CIKM 2007).
/// </summary>
/// <remarks>
/// Assumes differences that are symmetric about 0 under the null hypothesis, as they are when it is chance which of a pair is the treatment.
/// All 2ⁿ signs are counted when they are at most draws + 1 (pairs of difference 0 do not count, their sign changes nothing), else random ones
/// are drawn and p = (b + 1)/(m + 1) (Phipson, Smyth 2010). Means equal to what was seen up to rounding count as extreme. There is no interval.
/// </remarks>
public static class SignFlipTest
{
    private static readonly MethodName Method = new("Sign-flip test of the mean difference", "Fisher 1935; Phipson, Smyth 2010");

    /// <summary>The mean difference and its p-value; not computable when every difference is 0.</summary>
    /// <param name="differences">Treatment − control for each pair.</param>
    /// <param name="draws">Random choices of signs, 1 or more; the smallest possible p-value is 1/(draws + 1).</param>
    /// <param name="seed">Seed of the draws; the result's method names it.</param>
    /// <param name="alternative">What the p-value speaks about.</param>
    public static StatisticResult Compare(
        ReadOnlySpan<double> differences,
        int draws = Draws.Default,
        long seed = 1,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Draws.Demand("draws", draws);
        if (UnusableValues.In(differences, "the series of differences") is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var flips = new SignFlips(differences, alternative);
        if (flips.Count == 0)
        {
            return Method.NotComputable($"the differences of all {differences.Length} pairs are 0");
        }

        if (!flips.IsFinite)
        {
            return Method.NotComputable("the differences are too large: their sum leaves the range of a double");
        }

        var (method, p) =
            flips.All <= draws + 1L
                ? (Method.Exact(flips.All, "signs"), flips.CountAll())
                : (Method.Seeded(draws, "draws", seed), flips.CountDrawn(draws, new SeededRandom(seed)));
        return (method.Result(Moments.Of(differences).Mean, differences.Length) with { P = p }).OrNotComputable();
    }
}
