using Assay.Evaluation.Summaries;
using Assay.Statistics;
using Assay.Statistics.Samples;

namespace Assay.Evaluation.Gates;

/// <summary>
/// A quantile against a limit: it is at most the limit when the share of cases at or below the limit is at least q, so the test is that of a share. The interval
/// inverts that test over the values seen; for independent cases it is the order-statistic interval.
/// </summary>
internal static class QuantileTest
{
    public static LimitTest Of(CaseSample sample, double q, double limit)
    {
        var share = LimitTests.Share(sample.Map(v => v <= limit ? 1 : 0), q);
        var ordered = OrderedSample.Of(sample.Values);
        if (ordered.Quantile(q) is not { } estimate || share.Above is not Computed most || share.Below is not Computed least)
        {
            return share;
        }

        var sorted = sample.Values.Order().ToArray();
        return share with
        {
            // A share that is greater than q means a quantile that is less than the limit.
            Above = least,
            Below = most,
            Estimate = estimate,
            Interval = new Interval(LowEnd(sample, sorted, q), HighEnd(sample, sorted, q), LimitTest.Confidence),
            // The plan is one for shares; how far a quantile lies from a limit depends on the shape of the values there.
            Detectable = null,
        };
    }

    /// <summary>The smallest value seen such that surely at least q lie at or below it; null when there is none.</summary>
    private static double? HighEnd(CaseSample sample, double[] sorted, double q)
    {
        var at = FirstWhere(sorted.Length, i => LimitTests.Share(sample.Map(v => v <= sorted[i] ? 1 : 0), q).PassP(ThresholdSide.AtLeast) <= LimitTest.Alpha);
        return at < sorted.Length ? sorted[at] : null;
    }

    /// <summary>The greatest value seen such that surely less than q lie below it; null when there is none.</summary>
    private static double? LowEnd(CaseSample sample, double[] sorted, double q)
    {
        var at = FirstWhere(sorted.Length, i => LimitTests.Share(sample.Map(v => v < sorted[i] ? 1 : 0), q).FailP(ThresholdSide.AtLeast) > LimitTest.Alpha);
        return at > 0 ? sorted[at - 1] : null;
    }

    private static int FirstWhere(int count, Func<int, bool> holds)
    {
        var (fails, found) = (-1, count);
        while (found - fails > 1)
        {
            var middle = (fails + found) / 2;
            (fails, found) = holds(middle) ? (fails, middle) : (middle, found);
        }

        return found;
    }
}
