using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Ranks;

/// <summary>
/// The common-language effect size: the probability that a value of the treatment is greater than one of the control, ties counted half
/// (McGraw, Wong, "A common language effect size statistic", 1992). It is U of the treatment divided by n·m, and the area under a ROC curve.
/// Assumes independent values; neither equal shapes nor equal spreads.
/// </summary>
/// <remarks>
/// The interval is Wilson's (1927) of a proportion among an effective number of trials θ(1 − θ)/V·(z/t)², with V from the placements (DeLong et al.
/// 1988) and t of Satterthwaite's degrees of freedom (Brunner, Munzel 2000; the effective number: Korn, Graubard 1998). Where V tells nothing,
/// for separated arms and arms of one value, the number is that of the smaller arm, for V never exceeds
/// θ(1 − θ)/min(n, m) (Birnbaum, Klose 1957). With 10 values in an arm and effects beyond 0.95 the interval is too narrow.
/// </remarks>
public static class CommonLanguageEffect
{
    private static readonly MethodName Method = new("Common-language effect", "McGraw, Wong 1992; interval: Wilson 1927 with DeLong et al. 1988");

    /// <summary>The probability, 0 to 1, with its interval: 0.5 when neither arm tends to be larger.</summary>
    /// <param name="control">The control's values, in any order.</param>
    /// <param name="treatment">The treatment's values, in any order.</param>
    /// <param name="alpha">1 − confidence, between 0 and 1.</param>
    public static StatisticResult Of(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        if (UnusableValues.InArms(control, treatment) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var arms = new SortedArms(control, treatment);
        var effect = RankSum.Of(arms).U / arms.Pairs;
        return (Method.Result(effect, arms.Total) with { Interval = Wilson(effect, EffectiveTrials(arms, effect, alpha), alpha) }).OrNotComputable();
    }

    private static double EffectiveTrials(SortedArms arms, double effect, double alpha)
    {
        var (n, m) = (arms.Control.Length, arms.Treatment.Length);
        var smaller = Math.Min(n, m);
        if (smaller < 2)
        {
            return smaller;
        }

        var placements = Placements.Of(arms, effect);
        if (placements.Variance == 0)
        {
            return smaller;
        }

        var ratio = Normal.UpperQuantile(alpha / 2) / StudentT.UpperQuantile(alpha / 2, placements.DegreesOfFreedom(n, m));
        return effect * (1 - effect) / placements.Variance * ratio * ratio;
    }

    private static Interval Wilson(double share, double trials, double alpha)
    {
        var z = Normal.UpperQuantile(alpha / 2);
        var weight = z * z / trials;
        var middle = (share + (weight / 2)) / (1 + weight);
        var half = z / (1 + weight) * Math.Sqrt((share * (1 - share) / trials) + (weight / trials / 4));
        // The formula gives exactly these ends, up to rounding.
        return new Interval(share == 0 ? 0 : middle - half, share == 1 ? 1 : middle + half, 1 - alpha);
    }
}
