namespace Assay.Statistics.Sequential;

/// <summary>
/// Two rates compared by their difference, at any number of looks, exact at any count. Each arm has a beta-binomial mixture with a Beta(½, ½) prior;
/// for independent arms the product of the two is an e-value against every pair of rates, and the interval holds the differences of the pairs not rejected.
/// It is narrower than the difference of two one-arm intervals at α/2, and as exact.
/// Source: Robbins 1970, Annals of Mathematical Statistics 41:1397 (mixture); Turner, Ly and Grünwald 2024, Statistics and Probability Letters
/// (the product for two arms).
/// Assumptions: independent trials with one rate in each arm. Looks, and which arm comes next, may depend on everything seen so far.
/// </summary>
public static class RateDifferenceSequence
{
    private static readonly MethodName Sequence = new(
        "Anytime-valid difference of two rates (product of beta-binomial mixtures)",
        "Robbins 1970, Annals of Mathematical Statistics 41:1397; Turner, Ly and Grünwald 2024"
    );

    /// <summary>
    /// The difference of the rates, treatment − control, its interval and always-valid p-value min(1, 1/E), where E is the smallest e-value of all pairs of
    /// equal rates: that of the pooled rate. Statistic is ln E. A one-sided comparison keeps one end of the same interval and has p = 1 when the difference
    /// lies on the other side; that is exact but gains nothing over the two-sided one.
    /// </summary>
    /// <param name="controlSuccesses">Successes in the control, 0 or more.</param>
    /// <param name="controlTrials">Trials in the control.</param>
    /// <param name="treatmentSuccesses">Successes in the treatment, 0 or more.</param>
    /// <param name="treatmentTrials">Trials in the treatment.</param>
    /// <param name="alpha">The accepted share of false alarms over all looks, between 0 and 1. The default is 0.05.</param>
    /// <param name="alternative">The claim. The default is two-sided.</param>
    /// <exception cref="AssayException">The counts are not counts, or alpha is out of its range.</exception>
    public static StatisticResult Compare(
        long controlSuccesses,
        long controlTrials,
        long treatmentSuccesses,
        long treatmentTrials,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.CountsOf("control", controlSuccesses, controlTrials);
        Demand.CountsOf("treatment", treatmentSuccesses, treatmentTrials);
        SequenceDemand.Counts(controlTrials, treatmentTrials);
        Demand.Alpha(alpha);
        if (controlTrials == 0 || treatmentTrials == 0)
        {
            return Sequence.NotComputable($"the {(controlTrials == 0 ? "control" : "treatment")} has no trials; a rate needs 1");
        }

        var pair = new ArmPair(new ArmCounts(controlSuccesses, controlTrials), new ArmCounts(treatmentSuccesses, treatmentTrials));
        var logEvidence = pair.LogEvidenceOfEqualRates(alternative);
        return (
            Sequence.Result(pair.Difference, controlTrials + treatmentTrials) with
            {
                Statistic = logEvidence,
                P = PValue.FromLog(-logEvidence),
                Interval = new Interval(
                    alternative == Alternative.Less ? null : pair.EndOfInterval(-1, alpha),
                    alternative == Alternative.Greater ? null : pair.EndOfInterval(1, alpha),
                    1 - alpha
                ),
            }
        ).OrNotComputable();
    }
}
