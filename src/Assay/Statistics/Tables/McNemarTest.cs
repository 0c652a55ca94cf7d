using Assay.Statistics.Distributions;
using Assay.Statistics.Rates;

namespace Assay.Statistics.Tables;

/// <summary>
/// McNemar's exact test of two rates on the same cases: each case runs in both arms and succeeds or fails in each. Only cases whose outcomes
/// differ speak. Assumes independent pairs: repeats of one case are one pair, not several.
/// </summary>
public static class McNemarTest
{
    private const double LogOf2 = 0.693147180559945309417;

    private static readonly MethodName Method = new(
        "McNemar's exact test with the Bonett-Price interval",
        "McNemar, Psychometrika 12, 1947; Bonett and Price, Journal of Educational and Behavioral Statistics 37, 2012"
    );

    private static readonly MethodName AgainstMethod = new(
        "Bonett-Price interval of a paired difference of rates",
        "Bonett and Price, Journal of Educational and Behavioral Statistics 37, 2012"
    );

    /// <summary>
    /// When the arms do not differ, the pairs that differ fall to either side like a fair coin: p is binomial with ½, two-sided twice the smaller
    /// tail (at most 1), greater P(X ≥ onlyTreatment). When no pair differs, p is 1.
    /// <see cref="Computed.Estimate"/> is the difference of the rates, (onlyTreatment − onlyControl)/pairs. Its interval is the adjusted Wald
    /// interval: with one pair added to each kind of difference, t = (onlyTreatment + 1)/(pairs + 2), c likewise:
    /// t − c ± z·√((t + c − (t − c)²)/(pairs + 2)); it is asymptotic, not centred on the estimate, and its ends may leave −1 to 1.
    /// <see cref="Computed.StandardError"/> is that root; <see cref="Computed.Statistic"/> is onlyTreatment.
    /// </summary>
    /// <param name="onlyControl">Pairs in which the control succeeded and the treatment failed.</param>
    /// <param name="onlyTreatment">Pairs in which the treatment succeeded and the control failed.</param>
    /// <param name="pairs">All pairs, those that agree too; at most 2^53; 0 gives <see cref="NotComputable"/>.</param>
    /// <param name="alpha">The share of intervals that may miss the difference, above 0 and below 1.</param>
    /// <param name="alternative">What the p-value speaks about; a one-sided alternative leaves the interval one end.</param>
    /// <exception cref="AssayException">A count or alpha is out of range, or more pairs differ than there are.</exception>
    public static StatisticResult Test(long onlyControl, long onlyTreatment, long pairs, double alpha = 0.05, Alternative alternative = Alternative.TwoSided)
    {
        Demand.Alpha(alpha);
        DemandPairs(onlyControl, onlyTreatment, pairs);
        return pairs == 0 ? Method.NotComputable("there are no pairs") : Result(onlyControl, onlyTreatment, pairs, alpha, alternative);
    }

    /// <summary>
    /// The Bonett-Price interval of the difference of rates, treatment − control, against a limit, such as −margin: z = (t − c − limit)/error in the terms of
    /// <see cref="Test"/>. Asymptotic; one pair added to each side keeps it honest when few pairs differ.
    /// </summary>
    /// <param name="onlyControl">Pairs in which the control succeeded and the treatment failed.</param>
    /// <param name="onlyTreatment">Pairs in which the treatment succeeded and the control failed.</param>
    /// <param name="pairs">All pairs; 0 gives <see cref="NotComputable"/>.</param>
    /// <param name="limit">The difference under the null hypothesis, −1 to 1.</param>
    /// <param name="alpha">The share of intervals that may miss the difference, above 0 and below 1.</param>
    /// <param name="alternative">What the p-value speaks about; a one-sided alternative leaves the interval one end.</param>
    /// <exception cref="AssayException">A count or alpha is out of range, or more pairs differ than there are.</exception>
    public static StatisticResult Against(
        long onlyControl,
        long onlyTreatment,
        long pairs,
        double limit,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
    {
        Demand.Alpha(alpha);
        DemandPairs(onlyControl, onlyTreatment, pairs);
        if (pairs == 0)
        {
            return AgainstMethod.NotComputable("there are no pairs");
        }

        var (control, treatment) = ((onlyControl + 1.0) / (pairs + 2.0), (onlyTreatment + 1.0) / (pairs + 2.0));
        var centre = treatment - control;
        var error = Math.Sqrt((treatment + control - (centre * centre)) / (pairs + 2.0));
        var reach = Normal.UpperQuantile(Limits.ShareBeyond(alpha, alternative)) * error;
        var result = AgainstMethod.Result((double)(onlyTreatment - onlyControl) / pairs, pairs) with
        {
            StandardError = error,
            Interval = Limits.Around(centre, reach, alpha, alternative),
            Statistic = (centre - limit) / error,
            P = Normal.Tail((centre - limit) / error, alternative),
        };
        return result.OrNotComputable();
    }

    private static StatisticResult Result(long onlyControl, long onlyTreatment, long pairs, double alpha, Alternative alternative)
    {
        var (control, treatment) = ((onlyControl + 1.0) / (pairs + 2.0), (onlyTreatment + 1.0) / (pairs + 2.0));
        var centre = treatment - control;
        var error = Math.Sqrt((treatment + control - (centre * centre)) / (pairs + 2.0));
        var reach = Normal.UpperQuantile(Limits.ShareBeyond(alpha, alternative)) * error;
        var result = Method.Result((double)(onlyTreatment - onlyControl) / pairs, pairs) with
        {
            StandardError = error,
            Interval = Limits.Around(centre, reach, alpha, alternative),
            Statistic = onlyTreatment,
            P = PValue.FromLog(LogP(onlyControl, onlyTreatment, alternative)),
        };
        return result.OrNotComputable();
    }

    private static double LogP(long onlyControl, long onlyTreatment, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => LogAtLeast(onlyTreatment, onlyControl),
            Alternative.Less => LogAtLeast(onlyControl, onlyTreatment),
            _ => LogAtLeast(Math.Max(onlyControl, onlyTreatment), Math.Min(onlyControl, onlyTreatment)) + LogOf2,
        };

    // P(X ≥ hits) of hits + misses fair coins.
    private static double LogAtLeast(long hits, long misses) => Binomial.LogUpper(hits - 1, hits + misses, 0.5);

    private static void DemandPairs(long onlyControl, long onlyTreatment, long pairs)
    {
        Counts.NotNegative("The control alone", onlyControl);
        Counts.NotNegative("The treatment alone", onlyTreatment);
        Counts.NotNegative("The list of pairs", pairs);
        Counts.Total("The list of pairs", pairs);
        if ((Int128)onlyControl + onlyTreatment > pairs)
        {
            throw AssayException.Usage(
                $"{onlyControl} and {onlyTreatment} pairs differ, but there are {pairs} pairs.",
                "Give the number of all pairs last: those that agree and those that differ."
            );
        }
    }
}
