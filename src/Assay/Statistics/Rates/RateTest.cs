using Assay.Statistics.Distributions;
using Assay.Statistics.Means;

namespace Assay.Statistics.Rates;

/// <summary>Whether a rate lies above or below a limit, exactly: one-sided binomial tests with the Clopper-Pearson bounds that invert them.</summary>
public static class RateTest
{
    private static readonly MethodName Exact = new("exact binomial test with the Clopper-Pearson bound", "Clopper and Pearson, Biometrika 26, 1934");

    private static readonly MethodName Effective = new(
        "Clopper-Pearson bound with the effective sample size of clusters",
        "Korn and Graubard, Survey Methodology 24, 1998; Liang and Zeger, Biometrika 73, 1986"
    );

    private static readonly MethodName ByCluster = new(
        "exact binomial test with the Clopper-Pearson bound, a cluster counted as one trial",
        "Clopper and Pearson, Biometrika 26, 1934"
    );

    /// <summary>P(K ≥ successes) at the limit for the claim that the rate is greater, P(K ≤ successes) for less; the bound is the rate at which that is alpha.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Independent trials; 0 gives <see cref="NotComputable"/>.</param>
    /// <param name="limit">The rate under the null hypothesis, from 0 to 1.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1.</param>
    /// <param name="alternative">Greater or less.</param>
    /// <exception cref="AssayException">A count, the limit or alpha is out of range, or the claim is two-sided.</exception>
    public static StatisticResult Of(long successes, long trials, double limit, double alpha = 0.05, Alternative alternative = Alternative.Greater)
    {
        Check(limit, alpha, alternative);
        Demand.CountsOf("sample", successes, trials);
        return trials == 0
            ? Exact.NotComputable("there are no trials; a rate needs 1")
            : Result(Exact, new Trials(successes, trials, trials, successes / (double)trials), limit, alpha, alternative);
    }

    /// <summary>
    /// The same for trials that come in clusters: the counts are those of n* independent trials that would have the cluster-robust variance v seen,
    /// n* = p(1 − p)/v, at most n, times (t_{n−1}/t_{G−1})² for the few degrees of freedom of G clusters. When every trial came out alike there is no variance
    /// to see, and each cluster counts as one trial. With one trial in each cluster it is <see cref="Of"/>.
    /// </summary>
    /// <param name="isSuccess">Whether each trial succeeded.</param>
    /// <param name="clusters">The cluster of each trial, in the same order.</param>
    /// <param name="limit">The rate under the null hypothesis, from 0 to 1.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1.</param>
    /// <param name="alternative">Greater or less.</param>
    /// <returns>N is the number of trials, not the effective one; <see cref="NotComputable"/> below two clusters.</returns>
    /// <exception cref="AssayException">The limit or alpha is out of range, the claim is two-sided, or the lengths differ.</exception>
    public static StatisticResult Clustered(
        ReadOnlySpan<bool> isSuccess,
        ReadOnlySpan<int> clusters,
        double limit,
        double alpha = 0.05,
        Alternative alternative = Alternative.Greater
    )
    {
        Check(limit, alpha, alternative);
        Demand.SameLength("Trials and clusters", isSuccess.Length, clusters.Length);
        var values = new double[isSuccess.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = isSuccess[i] ? 1 : 0;
        }

        var scores = ClusterScores.Of(values, clusters);
        return scores.Clusters == values.Length && values.Length > 0
                ? Of((long)(scores.Moments.Mean * values.Length + 0.5), values.Length, limit, alpha, alternative)
            : scores.Clusters < 2 ? Effective.NotComputable($"the sample has {scores.Clusters} cluster(s); a variance between clusters needs 2")
            : Result(scores, limit, alpha, alternative);
    }

    private static StatisticResult Result(in ClusterScores scores, double limit, double alpha, Alternative alternative)
    {
        var (n, rate) = (scores.Moments.Count, scores.Moments.Mean);
        if (rate is 0 or 1)
        {
            return Result(ByCluster, new Trials(rate * scores.Clusters, scores.Clusters, n, rate), limit, alpha, alternative);
        }

        var seen = scores.SquaredError == 0 ? n : Math.Min(n, rate * (1 - rate) / scores.SquaredError);
        var fewer = StudentT.UpperQuantile(alpha, n - 1) / StudentT.UpperQuantile(alpha, scores.Clusters - 1);
        // The critical values have a sign: above one half alpha would turn it, and no gate is that lax.
        var effective = seen * Math.Min(1, fewer * fewer);
        return Result(Effective, new Trials(rate * effective, effective, n, rate), limit, alpha, alternative);
    }

    private static StatisticResult Result(MethodName method, Trials trials, double limit, double alpha, Alternative alternative)
    {
        var (x, n) = (trials.Successes, trials.Count);
        var interval =
            alternative == Alternative.Greater
                ? new Interval(x <= 0 ? 0 : Beta.Quantile(alpha, x, n - x + 1), null, 1 - alpha)
                : new Interval(null, x >= n ? 1 : Beta.UpperQuantile(alpha, x + 1, n - x), 1 - alpha);
        var logP = alternative == Alternative.Greater ? (x <= 0 ? 0 : Beta.LogLower(limit, x, n - x + 1)) : (x >= n ? 0 : Beta.LogUpper(limit, x + 1, n - x));
        var p = PValue.FromLog(Math.Max(logP, Math.Log(double.Epsilon)));
        return (method.Result(trials.Rate, trials.Seen) with { Interval = interval, P = p }).OrNotComputable();
    }

    private static void Check(double limit, double alpha, Alternative alternative)
    {
        Demand.Alpha(alpha);
        if (!(limit >= 0 && limit <= 1))
        {
            throw AssayException.Usage($"A rate is compared with {limit}.", "Give a limit from 0 to 1.");
        }

        if (alternative == Alternative.TwoSided)
        {
            throw AssayException.Usage("A rate is compared with a limit on both sides at once.", "Ask for greater or less.");
        }
    }

    private readonly record struct Trials(double Successes, double Count, long Seen, double Rate);
}
