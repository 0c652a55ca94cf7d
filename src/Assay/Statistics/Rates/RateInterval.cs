using Assay.Statistics.Distributions;

namespace Assay.Statistics.Rates;

/// <summary>
/// Confidence intervals of one rate: successes among trials. The estimate is successes/trials.
/// Assumes that the trials are independent and share one rate; repeated requests of one user do not.
/// </summary>
public static class RateInterval
{
    private static readonly MethodName WilsonMethod = new("Wilson score interval", "Wilson, Journal of the American Statistical Association 22, 1927");

    private static readonly MethodName ClopperPearsonMethod = new("Clopper-Pearson interval", "Clopper and Pearson, Biometrika 26, 1934");

    /// <summary>
    /// The score interval, (x + z²/2 ± z·√(x(n − x)/n + z²/4))/(n + z²). Its coverage is near 1 − alpha on average, and may dip below it
    /// for single rates near 0 or 1. The lower end is exactly 0 without successes, the upper end exactly 1 without failures.
    /// </summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At most 2^53; 0 gives <see cref="NotComputable"/>.</param>
    /// <param name="alpha">The share of intervals that may miss the rate, above 0 and below 1.</param>
    /// <exception cref="AssayException">A count or alpha is out of range.</exception>
    public static StatisticResult Wilson(long successes, long trials, double alpha = 0.05)
    {
        Check(successes, trials, alpha);
        if (trials == 0)
        {
            return NoTrials(WilsonMethod);
        }

        var z = Normal.UpperQuantile(alpha / 2);
        return Result(WilsonMethod, successes, trials, new(WilsonScore.Low(successes, trials, z), WilsonScore.High(successes, trials, z), 1 - alpha));
    }

    /// <summary>
    /// The exact interval: the rates that neither one-sided binomial test at alpha/2 rejects, as beta quantiles
    /// (low: alpha/2 of Beta(x, n − x + 1); high: 1 − alpha/2 of Beta(x + 1, n − x)). It covers at least 1 − alpha whatever the rate, and is
    /// wider than needed for small n. The lower end is exactly 0 without successes, the upper end exactly 1 without failures.
    /// </summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At most 2^53; 0 gives <see cref="NotComputable"/>.</param>
    /// <param name="alpha">The share of intervals that may miss the rate, above 0 and below 1.</param>
    /// <exception cref="AssayException">A count or alpha is out of range.</exception>
    public static StatisticResult ClopperPearson(long successes, long trials, double alpha = 0.05)
    {
        Check(successes, trials, alpha);
        if (trials == 0)
        {
            return NoTrials(ClopperPearsonMethod);
        }

        var ends = new Interval(ExactLow(successes, trials, alpha / 2), ExactHigh(successes, trials, alpha / 2), 1 - alpha);
        return Result(ClopperPearsonMethod, successes, trials, ends);
    }

    private static void Check(long successes, long trials, double alpha)
    {
        Demand.Alpha(alpha);
        Demand.CountsOf("sample", successes, trials);
        Counts.Total("The number of trials", trials);
    }

    private static NotComputable NoTrials(MethodName method) => method.NotComputable("there are no trials; a rate needs 1");

    private static StatisticResult Result(MethodName method, double successes, long trials, Interval ends) =>
        (method.Result(successes / trials, trials) with { Interval = ends }).OrNotComputable();

    private static double ExactLow(double successes, double trials, double tail) => successes == 0 ? 0 : Beta.Quantile(tail, successes, trials - successes + 1);

    private static double ExactHigh(double successes, double trials, double tail) =>
        successes == trials ? 1 : Beta.UpperQuantile(tail, successes + 1, trials - successes);
}
