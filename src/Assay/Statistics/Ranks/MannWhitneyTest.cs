using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Ranks;

/// <summary>
/// The Mann-Whitney U test (Wilcoxon's rank-sum test) of two independent arms: whether values of one tend to be larger than those of the
/// other (Mann, Whitney, "On a test of whether one of two random variables is stochastically larger than the other", Annals of Mathematical
/// Statistics 18, 1947). The estimate is the Hodges-Lehmann shift treatment − control with its interval (see <see cref="HodgesLehmann"/>),
/// the statistic is U of the treatment: the pairs with treatment &gt; control, plus half of the tied pairs.
/// </summary>
/// <remarks>
/// Assumes independent values; under the null hypothesis both arms come from one distribution. It is no test of medians or means: arms of
/// different spread can reject with equal medians. Two arms that do not vary are not computable, however far apart they lie.
/// </remarks>
public static class MannWhitneyTest
{
    private const string Reference = "Mann, Whitney 1947; ties: Lehmann 1975; shift: Hodges, Lehmann 1963";

    private static readonly MethodName ExactMethod = new("Mann-Whitney U test, exact", Reference);
    private static readonly MethodName CorrectedMethod = new("Mann-Whitney U test, normal approximation with continuity correction", Reference);
    private static readonly MethodName PlainMethod = new("Mann-Whitney U test, normal approximation", Reference);

    /// <summary>Exact up to 10,000 pairs n·m without ties, else the normal approximation with tie and continuity corrections.</summary>
    /// <param name="control">The control's values, in any order.</param>
    /// <param name="treatment">The treatment's values, in any order.</param>
    /// <param name="alpha">1 − confidence of the interval of the shift.</param>
    /// <param name="alternative">What the p-value speaks about; one-sided alternatives give one-ended intervals.</param>
    public static StatisticResult Compare(
        ReadOnlySpan<double> control,
        ReadOnlySpan<double> treatment,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.Alpha(alpha);
        if (Fault(control, treatment) is { } reason)
        {
            return CorrectedMethod.NotComputable(reason);
        }

        var arms = new SortedArms(control, treatment);
        var ranks = RankSum.Of(arms);
        return ranks.Tied == 0 && arms.Counted() is { } counted
            ? Result(ExactMethod, arms, ranks, alpha, alternative, ExactP(counted, arms.Pairs, ranks, alternative))
            : Result(CorrectedMethod, arms, ranks, alpha, alternative, ApproximateP(arms, ranks, alternative, correction: 0.5));
    }

    /// <summary>The exact p-value over all orders of the values; not computable with ties or above 10,000 pairs n·m.</summary>
    public static StatisticResult Exact(
        ReadOnlySpan<double> control,
        ReadOnlySpan<double> treatment,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.Alpha(alpha);
        if (Fault(control, treatment) is { } reason)
        {
            return ExactMethod.NotComputable(reason);
        }

        var arms = new SortedArms(control, treatment);
        var ranks = RankSum.Of(arms);
        if (ranks.Tied > 0)
        {
            return ExactMethod.NotComputable($"{ranks.Tied} values are tied; the exact distribution is that of values without ties");
        }

        return arms.Counted() is { } counted
            ? Result(ExactMethod, arms, ranks, alpha, alternative, ExactP(counted, arms.Pairs, ranks, alternative))
            : ExactMethod.NotComputable($"there are {arms.Pairs} pairs of values; the exact distribution is counted up to {MannWhitneyDistribution.MaxPairs}");
    }

    /// <summary>The normal approximation with the variance corrected for ties, with or without the continuity correction of one half.</summary>
    public static StatisticResult Asymptotic(
        ReadOnlySpan<double> control,
        ReadOnlySpan<double> treatment,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided,
        bool continuity = true
    )
    {
        Demand.Alpha(alpha);
        var method = continuity ? CorrectedMethod : PlainMethod;
        if (Fault(control, treatment) is { } reason)
        {
            return method.NotComputable(reason);
        }

        var arms = new SortedArms(control, treatment);
        var ranks = RankSum.Of(arms);
        return Result(method, arms, ranks, alpha, alternative, ApproximateP(arms, ranks, alternative, continuity ? 0.5 : 0));
    }

    private static string? Fault(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment) =>
        UnusableValues.InArms(control, treatment) ?? UnusableValues.InConstantArms(control, treatment);

    private static StatisticResult Result(MethodName method, SortedArms arms, RankSum ranks, double alpha, Alternative alternative, PValue p) =>
        (HodgesLehmann.Shift(method, arms, alpha, alternative) with { Statistic = ranks.U, P = p }).OrNotComputable();

    private static PValue ExactP(MannWhitneyDistribution distribution, long pairs, RankSum ranks, Alternative alternative)
    {
        var u = ranks.TwiceU / 2;
        var mirrored = pairs - u;
        return PValue.From(
            alternative switch
            {
                Alternative.Greater => distribution.Lower(mirrored),
                Alternative.Less => distribution.Lower(u),
                _ => 2 * distribution.Lower(Math.Min(u, mirrored)),
            }
        );
    }

    private static PValue ApproximateP(SortedArms arms, RankSum ranks, Alternative alternative, double correction)
    {
        double pairs = arms.Pairs;
        double total = arms.Total;
        var deviation = Math.Sqrt(pairs / 12 * (total + 1 - (ranks.TieTerm / (total * (total - 1)))));
        var distance = (ranks.TwiceU - pairs) / 2;
        var corrected = alternative switch
        {
            Alternative.Greater => distance - correction,
            Alternative.Less => distance + correction,
            _ => Math.Max(Math.Abs(distance) - correction, 0),
        };
        return Normal.Tail(corrected / deviation, alternative);
    }
}
