namespace Assay.Statistics.Sequential;

/// <summary>
/// The interval of a rate that may be looked at after every trial: the rates that a beta-binomial mixture with a Beta(½, ½) prior has not rejected.
/// It is exact: over all looks together it misses the rate with probability at most alpha, at any count, with no approximation.
/// Source: Robbins 1970, Annals of Mathematical Statistics 41:1397; Howard, Ramdas, McAuliffe and Sekhon 2021, Annals of Statistics 49:1055.
/// Assumptions: independent trials with one rate; the order does not matter. Looks may depend on everything seen so far.
/// </summary>
public static class RateConfidenceSequence
{
    private static readonly MethodName Sequence = new(
        "Confidence sequence of a rate (beta-binomial mixture)",
        "Robbins 1970, Annals of Mathematical Statistics 41:1397"
    );

    /// <summary>The rate so far and its interval. The low end is 0 without a success, the high end 1 without a failure.</summary>
    /// <param name="successes">How many trials succeeded, 0 or more.</param>
    /// <param name="trials">How many trials there were.</param>
    /// <param name="alpha">The share of sequences that may ever miss the rate, between 0 and 1. The default is 0.05.</param>
    /// <exception cref="AssayException">The counts are not counts, or alpha is out of its range.</exception>
    public static StatisticResult Of(long successes, long trials, double alpha = 0.05)
    {
        Demand.CountsOf("sample", successes, trials);
        Demand.Alpha(alpha);
        if (trials == 0)
        {
            return Sequence.NotComputable("there are no trials; a rate needs 1");
        }

        var failures = trials - successes;
        var low = BetaMixture.Jeffreys.LowerBound(successes, failures, alpha);
        var high = 1 - BetaMixture.Jeffreys.LowerBound(failures, successes, alpha);
        return (Sequence.Result((double)successes / trials, trials) with { Interval = new Interval(low, high, 1 - alpha) }).OrNotComputable();
    }
}
