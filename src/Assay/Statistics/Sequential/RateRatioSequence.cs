namespace Assay.Statistics.Sequential;

/// <summary>
/// Two rates compared by their successes alone, at any number of looks, exact also for a handful of successes. With units assigned to the treatment
/// independently with probability w, each success is the treatment's with probability θ = w·p_t/(w·p_t + (1 − w)·p_c), whatever the rates are;
/// equal rates mean θ = w. A beta-binomial mixture around w tests θ, and θ/(1 − θ)·(1 − w)/w is the ratio of the rates p_t/p_c.
/// Successes may be any rare outcome, failures of a canary among them: the denominators are not needed, so no exposure must be counted.
/// Source: Robbins 1970, Annals of Mathematical Statistics 41:1397 (mixture); Lindon and Malek 2022, Anytime-valid inference for multinomial count data,
/// NeurIPS 35 (the use in experiments).
/// Assumptions: w is the probability of assignment, constant from the first unit on (not the share that happened to be observed); one success at most per
/// unit, or independent successes; both arms are seen with the same delay.
/// </summary>
public static class RateRatioSequence
{
    private static readonly MethodName Sequence = new(
        "Anytime-valid ratio of two rates (beta-binomial mixture of the successes)",
        "Robbins 1970, Annals of Mathematical Statistics 41:1397; Lindon and Malek 2022, NeurIPS 35"
    );

    /// <summary>
    /// The ratio of the rates, treatment/control, its interval and always-valid p-value min(1, 1/E). Statistic is ln E, the natural logarithm of the e-value.
    /// A two-sided mixture has the prior Beta(c·w, c·(1 − w)) with c = tuningN/(−2 ln α + ln(1 − 2 ln α)); a one-sided one has its part on the claimed side.
    /// An end without information is unbounded: the high end while the control has no success. The estimate is the ratio of the successes over the ratio of
    /// the shares; while the control has none, half a success is added to both arms for it (Haldane 1956), the interval and p never use that.
    /// Without any success there is no ratio and the result is <see cref="NotComputable"/>.
    /// </summary>
    /// <param name="controlSuccesses">Successes in the control, 0 or more.</param>
    /// <param name="treatmentSuccesses">Successes in the treatment, 0 or more.</param>
    /// <param name="treatmentShare">The probability w that a unit is assigned to the treatment, between 0 and 1. The default is 0.5.</param>
    /// <param name="alpha">The accepted share of false alarms over all looks, between 0 and 1. The default is 0.05.</param>
    /// <param name="alternative">The claim. The default is two-sided.</param>
    /// <param name="tuningN">The number of successes in both arms at which the interval is to be narrowest, fixed before the first look, at least 1. The default is 20.</param>
    /// <exception cref="AssayException">A count is negative or a parameter out of its range.</exception>
    public static StatisticResult Compare(
        long controlSuccesses,
        long treatmentSuccesses,
        double treatmentShare = 0.5,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided,
        long tuningN = 20
    )
    {
        SequenceDemand.Counts(controlSuccesses, treatmentSuccesses);
        Demand.OpenUnit("treatmentShare", treatmentShare, "Give the probability of assignment to the treatment, such as 0.5.");
        SequenceDemand.Tuning(alpha, tuningN);
        if (controlSuccesses == 0 && treatmentSuccesses == 0)
        {
            return Sequence.NotComputable("neither arm has a success; a ratio of rates needs 1");
        }

        var concentration = NormalMixture.Concentration(alpha, tuningN);
        var mixture = new BetaMixture(concentration * treatmentShare, concentration * (1 - treatmentShare));
        var split = new SuccessSplit(treatmentSuccesses, controlSuccesses, treatmentShare);
        var logEvidence = LogEvidence(split, mixture, alternative);
        return (
            Sequence.Result(split.RatioOfRates, controlSuccesses + treatmentSuccesses) with
            {
                Statistic = logEvidence,
                P = PValue.FromLog(-logEvidence),
                Interval = new Interval(Low(split, mixture, alpha, alternative), High(split, mixture, alpha, alternative), 1 - alpha),
            }
        ).OrNotComputable();
    }

    private static double LogEvidence(SuccessSplit split, BetaMixture mixture, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => mixture.LogEvidenceAbove(split.Treatment, split.Control, split.Share),
            Alternative.Less => mixture.Mirrored.LogEvidenceAbove(split.Control, split.Treatment, 1 - split.Share),
            _ => mixture.LogEvidence(split.Treatment, split.Control, split.Share),
        };

    private static double? Low(SuccessSplit split, BetaMixture mixture, double alpha, Alternative alternative) =>
        alternative switch
        {
            Alternative.Less => null,
            Alternative.Greater => split.RatioAt(mixture.OneSidedLowerBound(split.Treatment, split.Control, alpha)),
            _ => split.RatioAt(mixture.LowerBound(split.Treatment, split.Control, alpha)),
        };

    // The high end is the low end of the mirrored comparison, so that a θ near 1 keeps its digits; without a success of the control there is none.
    private static double? High(SuccessSplit split, BetaMixture mixture, double alpha, Alternative alternative) =>
        split.Control == 0 || alternative == Alternative.Greater ? null
        : alternative == Alternative.Less ? 1 / split.Mirrored.RatioAt(mixture.Mirrored.OneSidedLowerBound(split.Control, split.Treatment, alpha))
        : 1 / split.Mirrored.RatioAt(mixture.Mirrored.LowerBound(split.Control, split.Treatment, alpha));
}
