using Assay.Evaluation.Summaries;
using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Evaluation.Gates;

/// <summary>
/// How far the mean of a metric moves from one run to the next when nothing changed, as a standard deviation. Repeats of a run are runs: each asks every case. The mean over many cases is near
/// normal, so the squared deviation of k of them is σ²·χ² with k − 1 degrees of freedom (Hahn and Meeker, Statistical Intervals, 1991, chapter 4).
/// </summary>
/// <param name="Deviation">The standard deviation of the means.</param>
/// <param name="Runs">How many there are.</param>
/// <param name="Least">What the spread of repeats within cases alone makes of it: means that came out alike by luck are no proof of less.</param>
internal sealed record RunSpread(double Deviation, int Runs, double Least)
{
    /// <summary>The fewest runs that may decide: two that came out alike say nothing.</summary>
    public const int LeastRuns = 3;

    // Beyond this nobody repeats a benchmark.
    private const int MostRuns = 100;

    /// <summary>How interval and p-values are computed.</summary>
    public string Method => IsDeterministic ? "all repeats are equal" : "χ² interval of a standard deviation";

    /// <summary>Whether every repeat of every case gave the same value.</summary>
    public bool IsDeterministic => Deviation == 0 && Least == 0;

    /// <summary>The one-sided 95 % bounds.</summary>
    public double Low => Deviation * Math.Sqrt((Runs - 1) / ChiSquared.UpperQuantile(LimitTest.Alpha, Runs - 1));

    public double High => Math.Max(HighOf(Deviation, Runs), Least);

    /// <summary>The spread of a metric over the repeats of a run; null below two repeats with values.</summary>
    public static RunSpread? Of(MetricSummary metric)
    {
        double[] means = [.. (metric.Repeats?.Means ?? []).OfType<double>()];
        return means.Length < 2 || metric.N == 0
            ? null
            : new RunSpread(Moments.Of(means).StandardDeviation, means.Length, Math.Sqrt(metric.Repeats!.WithinCases / metric.N));
    }

    /// <summary>The p-value of the claim that the truth is greater than the limit.</summary>
    public double FailP(double limit) =>
        Deviation == 0 ? 1
        : limit <= 0 ? 0
        : Math.Exp(ChiSquared.LogUpper((Runs - 1) * Math.Pow(Deviation / limit, 2), Runs - 1));

    /// <summary>The p-value of the claim that it is at most the limit; 1 where luck alone could have made it so.</summary>
    public double PassP(double limit) =>
        IsDeterministic ? 0
        : limit <= 0 || Least > limit ? 1
        : Math.Exp(ChiSquared.LogLower((Runs - 1) * Math.Pow(Deviation / limit, 2), Runs - 1));

    /// <summary>How many more runs show that it is at most the limit, if it stays so; null when no number does.</summary>
    public int? MoreRuns(double limit)
    {
        if (Least > limit || Deviation >= limit)
        {
            return null;
        }

        var runs = Enumerable.Range(Math.Max(Runs, LeastRuns), MostRuns).FirstOrDefault(k => HighOf(Deviation, k) <= limit);
        return runs == 0 ? null : runs - Runs;
    }

    private static double HighOf(double deviation, int runs) => deviation * Math.Sqrt((runs - 1) / ChiSquared.Quantile(LimitTest.Alpha, runs - 1));
}
