using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Sequential;

/// <summary>
/// Intervals and p-values for means that may be looked at after every value, as often as one likes, and stopped at any look:
/// the asymptotic confidence sequence of a normal mixture.
/// Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021, Time-uniform central limit theory and asymptotic confidence sequences, arXiv 2103.06476,
/// eq. 9 (interval), 155 (p-value), 161 (tuning) and appendix B (one-sided).
/// Assumptions: independent values with a little more than two finite moments, and a first look late enough for the means to be near normal: the error rate
/// is alpha in the limit, not at every count. A sequence starts at 2 values per arm (10 when tuned
/// for fewer than 1,000 values), each arm with variance. Measured false alarms at alpha 0.05 over
/// about 1,100 looks from there on (normal, 5 % Bernoulli and log-normal values): at most 3.3 % with the default tuning and 5.2 % with tunings of 50 or more,
/// when the arms are of one size. With nine control values for one of the treatment skewed values are called too often (5 % Bernoulli 7.6 %, log-normal
/// with σ = 1 7.3 %, with σ = 2 16 %): take the first look at 200 values or more in the smaller arm, cap heavy tails, and use
/// <see cref="RateRatioSequence"/> or <see cref="RateDifferenceSequence"/> for yes/no outcomes.
/// </summary>
public static class MeanConfidenceSequence
{
    // Tuned for 1,000 values or more, a mixture ignores the first few: normal A/A comparisons cross in at most 4.1 % from 2 values per arm on.
    // Tuned for 10 to 100 they cross in 10 to 16 % from 2 on, and in about 5 % from 10 on.
    private const long EarlyTuning = 1000;
    private const int LeastN = 2;
    private const int LeastNOfEarlyTuning = 10;

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
        SequenceDemand.Tuning(alpha, tuningN);
        if (WhyNone("sample", sample, tuningN) is { } why)
        {
            return OneSample.NotComputable(why);
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
    /// A one-sided interval has ln(1 + √(Nρ² + 1)/(2α)) for the logarithm, and ρ tuned for 2α (at most ½).
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
        SequenceDemand.Tuning(alpha, tuningN);
        return (WhyNone("control", control, tuningN) ?? WhyNone("treatment", treatment, tuningN)) is { } why
            ? TwoSample.NotComputable(why)
            : Compared(
                Moments.DifferenceOfMeans(control, treatment),
                WelchTest.ErrorOf(control, treatment).StandardError,
                control.Count + treatment.Count,
                alpha,
                tuningN,
                alternative
            );
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

    private static string? WhyNone(string arm, in Moments values, long tuningN)
    {
        var least = tuningN < EarlyTuning ? LeastNOfEarlyTuning : LeastN;
        return Shortage.Of(arm, values, least, $"a confidence sequence tuned for {tuningN} starts at {least}")
            ?? (Spread.VarianceOf(values) == 0 ? $"all {values.Count} values of the {arm} are equal; a confidence sequence needs variance" : null);
    }
}
