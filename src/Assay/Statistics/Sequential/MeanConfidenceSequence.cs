using Assay.Statistics.Samples;

namespace Assay.Statistics.Sequential;

/// <summary>
/// Intervals and p-values for means that may be looked at after every value, as often as one likes, and stopped at any look:
/// the asymptotic confidence sequence of a normal mixture.
/// Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021, Time-uniform central limit theory and asymptotic confidence sequences, arXiv 2103.06476,
/// eq. 9 (interval), 155 (p-value), 161 (tuning) and appendix B (one-sided).
/// Assumptions: independent values with a finite variance (a little more than two moments), arms assigned at random.
/// </summary>
public static class MeanConfidenceSequence
{
    private static readonly MethodName OneSample = new("Asymptotic confidence sequence of a mean", "Waudby-Smith et al. 2021, arXiv 2103.06476, eq. 9");

    private static readonly MethodName TwoSample = new(
        "Asymptotic confidence sequence of a difference of means",
        "Waudby-Smith et al. 2021, arXiv 2103.06476, eq. 9, 155 and 161"
    );

    /// <summary>The interval of one mean, in the metric's unit.</summary>
    /// <param name="sample">The values so far.</param>
    /// <param name="alpha">The share of sequences that may ever miss the mean, between 0 and 1. The default is 0.05.</param>
    /// <param name="tuningN">The number of values at which the interval is to be narrowest, fixed before the first look, at least 1. The default is 5,000.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult Of(in Moments sample, double alpha = 0.05, long tuningN = 5000)
    {
        TuningDemand.Check(alpha, tuningN);
        if (WhyNoVariance("sample", sample) is { } why)
        {
            return OneSample.NotComputable(why);
        }

        if (sample.Variance == 0)
        {
            return OneSample.NotComputable($"all {sample.Count} values are equal; an interval needs variance");
        }

        var error = sample.StandardDeviation / Math.Sqrt(sample.Count);
        var half = sample.StandardDeviation * NormalMixture.Tuned(alpha, tuningN).HalfWidth(sample.Count, alpha);
        return (
            OneSample.Result(sample.Mean, sample.Count) with
            {
                StandardError = error,
                Interval = new Interval(sample.Mean - half, sample.Mean + half, 1 - alpha),
            }
        ).OrNotComputable();
    }

    /// <summary>
    /// The difference of means, treatment − control. With N = n_c + n_t and s² = N·(s_c²/n_c + s_t²/n_t) the interval is
    /// ± s·√(2(Nρ² + 1)/(N²ρ²)·ln(√(Nρ² + 1)/α)), and p is the alpha at which it ends at 0. Statistic is the difference in standard errors.
    /// A one-sided interval has ln(1 + √(Nρ² + 1)/(2α)) for the logarithm, and ρ tuned for 2α.
    /// </summary>
    /// <param name="control">The control's values so far.</param>
    /// <param name="treatment">The treatment's values so far.</param>
    /// <param name="alpha">The accepted share of false alarms over all looks, between 0 and 1. The default is 0.05.</param>
    /// <param name="tuningN">The number of values in both arms at which the interval is to be narrowest, fixed before the first look, at least 1. The default is 5,000.</param>
    /// <param name="alternative">The claim. The default is two-sided.</param>
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static StatisticResult Compare(
        in Moments control,
        in Moments treatment,
        double alpha = 0.05,
        long tuningN = 5000,
        Alternative alternative = Alternative.TwoSided
    )
    {
        TuningDemand.Check(alpha, tuningN);
        if ((WhyNoVariance("control", control) ?? WhyNoVariance("treatment", treatment)) is { } why)
        {
            return TwoSample.NotComputable(why);
        }

        var error = Math.Sqrt((control.Variance / control.Count) + (treatment.Variance / treatment.Count));
        return error == 0
            ? TwoSample.NotComputable("all values are equal in both arms; a comparison needs variance")
            : Compared(Moments.DifferenceOfMeans(control, treatment), error, control.Count + treatment.Count, alpha, tuningN, alternative);
    }

    private static StatisticResult Compared(double difference, double error, long n, double alpha, long tuningN, Alternative alternative)
    {
        var z = difference / error;
        var (interval, logP) =
            alternative == Alternative.TwoSided
                ? TwoSided(difference, error, z, n, alpha, tuningN)
                : OneSided(difference, error, z, n, alpha, tuningN, alternative);
        return (TwoSample.Result(difference, n) with { StandardError = error, Statistic = z, Interval = interval, P = PValue.FromLog(logP) }).OrNotComputable();
    }

    private static (Interval Interval, double LogP) TwoSided(double difference, double error, double z, long n, double alpha, long tuningN)
    {
        var mixture = NormalMixture.Tuned(alpha, tuningN);
        var half = error * Math.Sqrt(n) * mixture.HalfWidth(n, alpha);
        return (new Interval(difference - half, difference + half, 1 - alpha), mixture.LogP(n, z));
    }

    private static (Interval Interval, double LogP) OneSided(
        double difference,
        double error,
        double z,
        long n,
        double alpha,
        long tuningN,
        Alternative alternative
    )
    {
        var mixture = NormalMixture.Tuned(Math.Min(2 * alpha, 0.5), tuningN);
        var width = error * Math.Sqrt(n) * mixture.OneSidedWidth(n, alpha);
        return alternative == Alternative.Greater
            ? (new Interval(difference - width, High: null, 1 - alpha), mixture.OneSidedLogP(n, z))
            : (new Interval(Low: null, difference + width, 1 - alpha), mixture.OneSidedLogP(n, -z));
    }

    private static string? WhyNoVariance(string arm, in Moments moments) =>
        moments.NotFinite > 0 ? $"the {arm} has {moments.NotFinite} values that are not finite"
        : moments.Count < 2 ? $"the {arm} has {moments.Count} {(moments.Count == 1 ? "value" : "values")}; a variance needs 2"
        : null;
}
