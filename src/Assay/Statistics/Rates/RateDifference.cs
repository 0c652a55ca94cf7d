using Assay.Statistics.Distributions;

namespace Assay.Statistics.Rates;

/// <summary>
/// The difference of two independent rates, treatment − control. Assumes that trials are independent within and between the arms:
/// one trial per unit, or few units with more than one. The estimate is the plain difference of both rates in every method.
/// </summary>
public static class RateDifference
{
    private static readonly MethodName Pooled = new(
        "Two-proportion z test with Newcombe's interval",
        "Pearson, Philosophical Magazine 50, 1900; Newcombe, Statistics in Medicine 17, 1998, method 10"
    );

    private static readonly MethodName WaldMethod = new("Wald interval of a difference of rates", "Agresti, Categorical Data Analysis, 2002, section 3.1");

    private static readonly MethodName NewcombeMethod = new("Newcombe's hybrid score interval", "Newcombe, Statistics in Medicine 17, 1998, method 10");

    private static readonly MethodName AgrestiCaffoMethod = new("Agresti-Caffo interval", "Agresti and Caffo, The American Statistician 54, 2000");

    /// <summary>
    /// The pooled z test of equal rates with Newcombe's interval. z = (q − p)/√(r(1 − r)(1/n + 1/m)), r the rate of both arms together;
    /// <see cref="Computed.StandardError"/> is that root, the standard error when the rates are equal. z² is the χ² of the 2 × 2 table without
    /// correction. The p-value is asymptotic: with fewer than about 5 expected successes or failures in an arm use
    /// <see cref="Tables.FisherExactTest"/>. The interval is no inversion of the test, so both may disagree at the edge of alpha.
    /// When all trials succeed, or all fail, z is 0/0 and the result <see cref="NotComputable"/>; <see cref="Newcombe"/> still gives an interval.
    /// </summary>
    /// <param name="controlSuccesses">From 0 to <paramref name="controlTrials"/>.</param>
    /// <param name="controlTrials">0 gives <see cref="NotComputable"/>; both arms together at most 2^53.</param>
    /// <param name="treatmentSuccesses">From 0 to <paramref name="treatmentTrials"/>.</param>
    /// <param name="treatmentTrials">0 gives <see cref="NotComputable"/>.</param>
    /// <param name="alpha">The share of intervals that may miss the difference, above 0 and below 1.</param>
    /// <param name="alternative">What the p-value speaks about; a one-sided alternative leaves the interval one end.</param>
    /// <exception cref="AssayException">A count or alpha is out of range.</exception>
    public static StatisticResult Compare(
        long controlSuccesses,
        long controlTrials,
        long treatmentSuccesses,
        long treatmentTrials,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.Alpha(alpha);
        var pair = RatePair.Checked(controlSuccesses, controlTrials, treatmentSuccesses, treatmentTrials);
        return (pair.Lack ?? Unvaried(pair)) is { } lack ? Pooled.NotComputable(lack) : ZTest(pair, alpha, alternative);
    }

    /// <summary>
    /// The plain interval d ± z·√(p(1 − p)/n + q(1 − q)/m). It covers too little for small n and for rates near 0 and 1, where it has no width;
    /// it is here to compare with others' figures, prefer <see cref="Newcombe"/>. Its ends may leave −1 to 1.
    /// Where both rates are 0 or 1 it has no width at all, which is no certainty: never decide by it there.
    /// </summary>
    /// <inheritdoc cref="Newcombe" path="/param|/exception"/>
    public static StatisticResult Wald(long controlSuccesses, long controlTrials, long treatmentSuccesses, long treatmentTrials, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        var pair = RatePair.Checked(controlSuccesses, controlTrials, treatmentSuccesses, treatmentTrials);
        return pair.Lack is { } lack ? WaldMethod.NotComputable(lack) : Around(WaldMethod, pair, pair.Difference, pair.UnpooledError(), alpha);
    }

    /// <summary>
    /// The hybrid score interval without continuity correction, from each arm's Wilson interval (l, u):
    /// low = d − √((q − l₂)² + (u₁ − p)²), high = d + √((u₂ − q)² + (p − l₁)²). Its coverage is close to 1 − alpha from small n on, it stays
    /// within −1 to 1 and has a width even when every trial succeeds.
    /// </summary>
    /// <param name="controlSuccesses">From 0 to <paramref name="controlTrials"/>.</param>
    /// <param name="controlTrials">0 gives <see cref="NotComputable"/>; both arms together at most 2^53.</param>
    /// <param name="treatmentSuccesses">From 0 to <paramref name="treatmentTrials"/>.</param>
    /// <param name="treatmentTrials">0 gives <see cref="NotComputable"/>.</param>
    /// <param name="alpha">The share of intervals that may miss the difference, above 0 and below 1.</param>
    /// <exception cref="AssayException">A count or alpha is out of range.</exception>
    public static StatisticResult Newcombe(long controlSuccesses, long controlTrials, long treatmentSuccesses, long treatmentTrials, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        var pair = RatePair.Checked(controlSuccesses, controlTrials, treatmentSuccesses, treatmentTrials);
        return pair.Lack is { } lack
            ? NewcombeMethod.NotComputable(lack)
            : (NewcombeMethod.Result(pair.Difference, pair.Trials) with { Interval = HybridScore(pair, alpha, Alternative.TwoSided) }).OrNotComputable();
    }

    /// <summary>
    /// The Wald interval after one success and one failure are added to each arm. It is centred on the difference of those adjusted rates, not on
    /// the estimate; <see cref="Computed.StandardError"/> is the adjusted one. Coverage is near 1 − alpha from small n on. Its ends may leave −1 to 1.
    /// </summary>
    /// <inheritdoc cref="Newcombe" path="/param|/exception"/>
    public static StatisticResult AgrestiCaffo(long controlSuccesses, long controlTrials, long treatmentSuccesses, long treatmentTrials, double alpha = 0.05)
    {
        Demand.Alpha(alpha);
        var pair = RatePair.Checked(controlSuccesses, controlTrials, treatmentSuccesses, treatmentTrials);
        if (pair.Lack is { } lack)
        {
            return AgrestiCaffoMethod.NotComputable(lack);
        }

        var adjusted = new RatePair(controlSuccesses + 1, controlTrials + 2, treatmentSuccesses + 1, treatmentTrials + 2);
        return Around(AgrestiCaffoMethod, pair, adjusted.Difference, adjusted.UnpooledError(), alpha);
    }

    private static StatisticResult ZTest(in RatePair pair, double alpha, Alternative alternative)
    {
        var error = pair.PooledError();
        var z = pair.Difference / error;
        var result = Pooled.Result(pair.Difference, pair.Trials) with
        {
            StandardError = error,
            Interval = HybridScore(pair, alpha, alternative),
            Statistic = z,
            P = Normal.Tail(z, alternative),
        };
        return result.OrNotComputable();
    }

    private static StatisticResult Around(MethodName method, in RatePair pair, double centre, double error, double alpha)
    {
        var reach = Normal.UpperQuantile(alpha / 2) * error;
        var result = method.Result(pair.Difference, pair.Trials) with
        {
            StandardError = error,
            Interval = Limits.Around(centre, reach, alpha, Alternative.TwoSided),
        };
        return result.OrNotComputable();
    }

    private static Interval HybridScore(in RatePair pair, double alpha, Alternative alternative)
    {
        var z = Normal.UpperQuantile(Limits.ShareBeyond(alpha, alternative));
        var (x, n) = (pair.ControlSuccesses, pair.ControlTrials);
        var (y, m) = (pair.TreatmentSuccesses, pair.TreatmentTrials);
        var down = double.Hypot(pair.Treatment - WilsonScore.Low(y, m, z), WilsonScore.High(x, n, z) - pair.Control);
        var up = double.Hypot(WilsonScore.High(y, m, z) - pair.Treatment, pair.Control - WilsonScore.Low(x, n, z));
        return Limits.Between(pair.Difference - down, pair.Difference + up, alpha, alternative);
    }

    private static string? Unvaried(in RatePair pair) =>
        pair.Successes == 0 ? "no trial of either arm succeeded; the test needs successes and failures"
        : pair.Successes == pair.Trials ? "every trial of both arms succeeded; the test needs successes and failures"
        : null;
}
