using System.Globalization;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>
/// Means of values that come in clusters: several requests of one user, several questions of one document. Values of a cluster resemble each other,
/// and an interval which takes them for independent is too short.
/// </summary>
public static class ClusteredMean
{
    private static readonly MethodName Method = new(
        "mean with cluster-robust standard error (CR1)",
        "Liang, Zeger (1986), Longitudinal data analysis using generalized linear models, Biometrika 73"
    );

    private static readonly MethodName TestMethod = new(
        "t test of a mean against a limit with the jackknife over clusters, corrected for skewness",
        "Cameron, Miller (2015), A practitioner's guide to cluster-robust inference, Journal of Human Resources 50 (CR3); Hall (1992), Journal of the Royal Statistical Society B 54"
    );

    private static readonly MethodName DifferenceMethod = new(
        "difference of means with cluster-robust standard errors (CR1)",
        "Liang, Zeger (1986), Longitudinal data analysis using generalized linear models, Biometrika 73"
    );

    /// <summary>
    /// The mean of all values, with the squared standard error v = G/(G − 1)·Σ_g S_g²/n², where S_g is the sum of (value − mean) over cluster g,
    /// and an interval by t with G − 1 degrees of freedom, G being the number of clusters (Cameron, Miller 2015, A practitioner's guide to cluster-robust inference).
    /// With one value in each cluster it is <see cref="MeanInterval"/>. Assumes independent clusters.
    /// Do not trust it with few clusters (below about 40, or sizes that differ much): the interval then covers less than it says.
    /// </summary>
    /// <typeparam name="TCluster">What names a cluster: a user, a document.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="clusters">The cluster of each value, in the same order.</param>
    /// <param name="alpha">The accepted share of intervals that miss, between 0 and 1; the confidence is 1 − alpha.</param>
    /// <returns>
    /// Mean, standard error, degrees of freedom and interval, with N the number of values; <see cref="NotComputable"/> when there are fewer than
    /// two clusters, values that are not finite, or when the clusters do not vary.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1, or values and clusters have different lengths.</exception>
    public static StatisticResult Of<TCluster>(ReadOnlySpan<double> values, ReadOnlySpan<TCluster> clusters, double alpha = 0.05)
        where TCluster : notnull
    {
        Demand.Alpha(alpha);
        Demand.SameLength("Values and clusters", values.Length, clusters.Length);
        var scores = ClusterScores.Of(values, clusters);
        if (Lack("sample", scores) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        return scores.SquaredError == 0
            ? Method.NotComputable("the clusters have no variance between them")
            : Inference.StudentEstimate(
                Method,
                scores.Moments.Mean,
                new CombinedError(Math.Sqrt(scores.SquaredError), scores.Clusters - 1),
                scores.Moments.Count,
                alpha
            );
    }

    /// <summary>
    /// The mean of all values against a limit, by t with G* − 1 degrees of freedom, G* = n²/Σ n_g² (Kish's effective number of clusters), and the jackknife's squared error v = (G − 1)/G·Σ_g (S_g/(n − n_g))²,
    /// which is that of <see cref="Of"/> when clusters have one size and greater when they differ (CR3), and with Hall's correction for the skewness
    /// of the cluster sums. The interval is that of the mean and not centred on it. Assumes independent clusters; do not trust it below about 15 of them.
    /// </summary>
    /// <typeparam name="TCluster">What names a cluster: a user, a document.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="clusters">The cluster of each value, in the same order.</param>
    /// <param name="limit">The mean under the null hypothesis, finite.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>Mean, standard error, t, degrees of freedom, p and interval; <see cref="NotComputable"/> as for <see cref="Of"/>.</returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1, or values and clusters have different lengths.</exception>
    public static StatisticResult Test<TCluster>(
        ReadOnlySpan<double> values,
        ReadOnlySpan<TCluster> clusters,
        double limit,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
        where TCluster : notnull
    {
        Demand.Alpha(alpha);
        Demand.SameLength("Values and clusters", values.Length, clusters.Length);
        var scores = ClusterScores.Of(values, clusters);
        if (Lack("sample", scores) is { } reason)
        {
            return TestMethod.NotComputable(reason);
        }

        return scores.SquaredError == 0
            ? TestMethod.NotComputable("the clusters have no variance between them")
            : SkewnessCorrection
                .Of(scores.Skewness, scores.Clusters)
                .Test(
                    TestMethod,
                    scores.Moments.Mean,
                    limit,
                    new CombinedError(Math.Sqrt(scores.JackknifeError), Math.Max(1, scores.EffectiveClusters - 1)),
                    scores.Moments.Count,
                    alpha,
                    alternative
                );
    }

    /// <summary>
    /// The difference of two clustered means, m_t − m_c, by t with the squared standard error v_c + v_t, each v as in <see cref="Of"/>, and
    /// (v_c + v_t)²/(v_c²/(G_c − 1) + v_t²/(G_t − 1)) degrees of freedom (Satterthwaite 1946, over clusters). Assumes independent clusters, and that a cluster
    /// has one arm, as when users are assigned and requests are measured: a name that is found in both arms counts as two clusters.
    /// Do not trust it with few clusters (below about 40 in an arm): it then finds differences too often.
    /// </summary>
    /// <typeparam name="TCluster">What names a cluster: a user, a document.</typeparam>
    /// <param name="control">The control's values.</param>
    /// <param name="controlClusters">The cluster of each of them, in the same order.</param>
    /// <param name="treatment">The treatment's values.</param>
    /// <param name="treatmentClusters">The cluster of each of them, in the same order.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>
    /// Estimate, standard error, t, degrees of freedom, p and interval, with N the number of values; <see cref="NotComputable"/> when an arm has
    /// fewer than two clusters or values that are not finite, or when the clusters of neither arm vary.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1, or values and clusters have different lengths.</exception>
    public static StatisticResult Compare<TCluster>(
        ReadOnlySpan<double> control,
        ReadOnlySpan<TCluster> controlClusters,
        ReadOnlySpan<double> treatment,
        ReadOnlySpan<TCluster> treatmentClusters,
        double alpha = 0.05,
        Alternative alternative = Alternative.TwoSided
    )
        where TCluster : notnull
    {
        Demand.Alpha(alpha);
        Demand.SameLength("Values and clusters of the control", control.Length, controlClusters.Length);
        Demand.SameLength("Values and clusters of the treatment", treatment.Length, treatmentClusters.Length);
        return Compare(ClusterScores.Of(control, controlClusters), ClusterScores.Of(treatment, treatmentClusters), alpha, alternative);
    }

    private static StatisticResult Compare(in ClusterScores control, in ClusterScores treatment, double alpha, Alternative alternative)
    {
        if ((Lack("control", control) ?? Lack("treatment", treatment)) is { } reason)
        {
            return DifferenceMethod.NotComputable(reason);
        }

        var error = CombinedError.Of(control.SquaredError, control.Clusters - 1, treatment.SquaredError, treatment.Clusters - 1);
        return error.StandardError == 0
            ? DifferenceMethod.NotComputable("the clusters of both arms have no variance between them")
            : Inference.Student(
                DifferenceMethod,
                Moments.DifferenceOfMeans(control.Moments, treatment.Moments),
                error,
                control.Moments.Count + treatment.Moments.Count,
                alpha,
                alternative
            );
    }

    private static string? Lack(string arm, in ClusterScores scores) =>
        Shortage.Of(arm, scores.Moments, 1, "a mean needs 1")
        ?? (
            scores.Clusters > 1
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"the {arm} has {scores.Clusters} cluster; a variance between clusters needs 2")
        );
}
