using Assay.Experimentation.Analysis.Comparisons;
using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Planning;

namespace Assay.Experimentation.Analysis;

/// <summary>What a comparison could have seen, and how many times its units would see what it did not.</summary>
internal static class Sensitivity
{
    /// <summary>More than this many times the units is no plan any more.</summary>
    public const double MostTimes = 4096;

    private const int Halvings = 40;

    /// <summary>
    /// The smallest difference that is found with the plan's power: half the interval and what the power asks beyond it, which is the same number of standard
    /// errors for any test. Null when the data carry none.
    /// </summary>
    public static double? Detectable(Comparison comparison, AnalysisPlan plan, double alpha, bool sequential) =>
        Beyond(comparison, plan, alpha) is { } beyond
            ? Half(sequential ? comparison.Sequential(alpha, plan.Tuning) : Welch(comparison, alpha)) + beyond + comparison.Inexact
            : null;

    /// <summary>So many times the units find a difference of this size at any look with the plan's power; null when no number that can be planned does.</summary>
    public static double? TimesToDetect(Comparison comparison, AnalysisPlan plan, double alpha, double difference) =>
        Beyond(comparison, plan, alpha) is { } beyond
            ? TimesUntil(times => Half(comparison.Times(times).Sequential(alpha, plan.Tuning)) + (beyond / Math.Sqrt(times)) + comparison.Inexact <= difference)
            : null;

    /// <summary>The smallest number of times the units, 1 or more, for which something holds; null beyond <see cref="MostTimes"/>.</summary>
    /// <param name="holds">It holds for more once it holds for fewer.</param>
    public static double? TimesUntil(Func<double, bool> holds)
    {
        var (fails, reaches) = (1.0, 1.0);
        while (!holds(reaches))
        {
            (fails, reaches) = (reaches, reaches * 2);
            if (reaches > MostTimes)
            {
                return null;
            }
        }

        for (var i = 0; i < Halvings && reaches - fails > 1e-3 * fails; i++)
        {
            var middle = (fails + reaches) / 2;
            (fails, reaches) = holds(middle) ? (fails, middle) : (middle, reaches);
        }

        return reaches;
    }

    /// <summary>What the power asks beyond half the interval: its quantile times the standard error.</summary>
    private static double? Beyond(Comparison comparison, AnalysisPlan plan, double alpha)
    {
        var arms = comparison.Moments;
        return MeanPower.DetectableDifference(arms.Control, arms.Treatment, alpha, plan.Power) is PowerPlan found
            ? found.Effect - Half(Welch(comparison, alpha))
            : null;
    }

    private static StatisticResult Welch(Comparison comparison, double alpha) =>
        WelchTest.Compare(comparison.Moments.Control, comparison.Moments.Treatment, alpha);

    private static double? Half(StatisticResult result) => result.AsComputed?.Interval is { Low: { } low, High: { } high } ? (high - low) / 2 : null;
}
