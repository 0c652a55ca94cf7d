using Assay.Evaluation.Summaries;
using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Planning;
using Assay.Statistics.Rates;
using Assay.Statistics.Samples;
using Assay.Statistics.Tables;

namespace Assay.Evaluation.Gates;

/// <summary>Which test a figure of cases gets.</summary>
internal static class LimitTests
{
    // A t test is too sure when nearly all values are equal: with fewer exceptions than this the share of exceptions bounds the mean.
    // In simulation false passes at the margin exceed 5 % below about 10 exceptions (see the bench "gates").
    private const int FewExceptions = 10;

    /// <summary>The mean against a limit; an end of the range is null when there is none.</summary>
    public static LimitTest Mean(CaseSample sample, double? low, double? high, double limit) =>
        sample.IsBinary && limit is >= 0 and <= 1 ? Share(sample, limit) : Values(sample, low, high, limit);

    /// <summary>
    /// The share of failures against a limit. What fails is a call, not a document: as long as nothing failed there is no clustering of failures to estimate, and each
    /// case counts as one trial. From the first failure on the spread between clusters counts, as it does for every share.
    /// </summary>
    public static LimitTest Failures(CaseSample sample, double limit) =>
        Mean(Array.TrueForAll(sample.Values, v => v == 0) ? sample.AsIndependent() : sample, 0, 1, limit);

    /// <summary>The share of cases at 1 against a limit, exactly.</summary>
    public static LimitTest Share(CaseSample binary, double limit)
    {
        var test = new LimitTest(Side(Alternative.Greater), Side(Alternative.Less), null, null);
        return WithSharePlan(test, binary, limit);

        StatisticResult Side(Alternative claim) =>
            binary.IsClustered
                ? RateTest.Clustered(Array.ConvertAll(binary.Values, v => v > 0.5), binary.Clusters, limit, LimitTest.Alpha, claim)
                : RateTest.Of(binary.Values.LongCount(v => v > 0.5), binary.Count, limit, LimitTest.Alpha, claim);
    }

    /// <summary>The mean of candidate − baseline against a limit.</summary>
    public static LimitTest Difference(CaseSample differences, double? low, double? high, double limit)
    {
        var isPaired01 =
            !differences.IsClustered && Array.TrueForAll(differences.Values, v => v is -1 or 0 or 1) && Array.Exists(differences.Values, v => v != 0);
        var range = high - low;
        return isPaired01 ? Paired01(differences, limit) : Values(differences, -range, range, limit);
    }

    private static LimitTest Paired01(CaseSample differences, double limit)
    {
        var (up, down) = (differences.Values.LongCount(v => v > 0), differences.Values.LongCount(v => v < 0));
        var test = new LimitTest(Side(Alternative.Greater), Side(Alternative.Less), null, null);
        return WithMeanPlan(test, differences, limit, (test.Above as Computed)?.StandardError);

        StatisticResult Side(Alternative claim) => McNemarTest.Against(down, up, differences.Count, limit, LimitTest.Alpha, claim);
    }

    private static LimitTest Values(CaseSample sample, double? low, double? high, double limit)
    {
        var (usual, exceptions) = Usual(sample.Values);
        var isRare = exceptions < FewExceptions && exceptions < sample.Count / 2;
        var moments = Moments.Of(sample.Values);
        var test = new LimitTest(Side(Alternative.Greater), Side(Alternative.Less), null, null);
        var error = (test.Above as Computed)?.StandardError ?? (test.Below as Computed)?.StandardError;
        return error is null ? WithRarePlan(test, sample, usual, limit, limit < usual ? low : high) : WithMeanPlan(test, sample, limit, error);

        StatisticResult Side(Alternative claim) =>
            isRare && low is { } least && high is { } most
                ? RareDeviations.Test(sample.Values, sample.Clusters, usual, least, most, limit, LimitTest.Alpha, claim)
            : sample.IsClustered ? ClusteredMean.Test<int>(sample.Values, sample.Clusters, limit, LimitTest.Alpha, claim)
            : MeanInterval.Test(moments, limit, LimitTest.Alpha, claim);
    }

    /// <summary>The most frequent value, and how many others there are.</summary>
    private static (double Value, int Others) Usual(double[] values)
    {
        var sorted = values.Order().ToArray();
        var (best, length) = (0.0, 0);
        for (var i = 0; i < sorted.Length; )
        {
            var end = i;
            while (end < sorted.Length && sorted[end] == sorted[i])
            {
                end++;
            }

            (best, length) = end - i > length ? (sorted[i], end - i) : (best, length);
            i = end;
        }

        return (best, sorted.Length - length);
    }

    // The standard error holds the spread within and between clusters. What the plan counts is what the test has degrees of freedom from: cases, or as many clusters of
    // one size; √units times the standard error is the spread of one of them, known no better than so many units know it.
    private static LimitTest WithMeanPlan(LimitTest test, CaseSample sample, double limit, double? error)
    {
        if (error is not { } one || one <= 0 || test.Estimate is not { } mean)
        {
            return test;
        }

        var units = sample.EffectiveClusters;
        var spread = one * Math.Sqrt(units);
        var effect = Math.Abs(mean - limit) / spread;
        return test with
        {
            PlannedCases = effect > 0 ? PilotPower.SampleSize(effect, Math.Max(1, units - 1), LimitTest.Alpha, LimitTest.Power) * sample.Count / units : null,
            Detectable =
                units < 2 ? null : (PairedPower.DetectableEffect(units, LimitTest.Alpha, LimitTest.Power, Alternative.Greater) as PowerPlan)?.Effect * spread,
        };
    }

    private static LimitTest WithSharePlan(LimitTest test, CaseSample sample, double limit)
    {
        if (test.Estimate is not { } rate || limit is <= 0 or >= 1)
        {
            return test;
        }

        return test with
        {
            PlannedCases = PlannedShare(sample, rate, limit),
            Detectable =
                (PairedPower.DetectableEffect(sample.Count, LimitTest.Alpha, LimitTest.Power, Alternative.Greater) as PowerPlan)?.Effect
                * Math.Sqrt(limit * (1 - limit) * Inflation(sample)),
        };
    }

    /// <summary>How many cases decide a share when this is the truth, with clusters as alike as those of the sample.</summary>
    internal static double? PlannedShare(CaseSample sample, double rate, double limit) =>
        Planned(OneRatePower.SampleSize(rate, limit, LimitTest.Alpha, LimitTest.Power)) * Inflation(sample);

    /// <summary>The design effect: how much greater the variance of the share is than with independent cases.</summary>
    private static double Inflation(CaseSample sample)
    {
        var rate = sample.Values.Average();
        return !sample.IsClustered ? 1
            // When all cases came out alike each cluster counts as one trial.
            : rate is 0 or 1 ? sample.Count / (double)sample.ClusterCount
            : ClusteredMean.Of<int>(sample.Values, sample.Clusters) is Computed { StandardError: { } error }
                ? Math.Max(1, error * error * sample.Count / (rate * (1 - rate)))
            : 1;
    }

    private static LimitTest WithRarePlan(LimitTest test, CaseSample sample, double usual, double limit, double? end)
    {
        if (end is not { } edge || edge == usual || (limit - usual) / (edge - usual) is not (> 0 and < 1) || sample.Count == 0)
        {
            return test;
        }

        var share = sample.Values.Count(v => edge < usual ? v < usual : v > usual) / (double)sample.Count;
        return test with { PlannedCases = Planned(OneRatePower.SampleSize(share, (limit - usual) / (edge - usual), LimitTest.Alpha, LimitTest.Power)) };
    }

    private static double? Planned(StatisticResult plan) => (plan as PowerPlan)?.ControlSize;
}
