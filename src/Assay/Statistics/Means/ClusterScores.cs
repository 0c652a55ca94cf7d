using System.Runtime.InteropServices;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>What the clusters of one arm say about its mean.</summary>
/// <param name="Moments">Of the values, without regard to clusters.</param>
/// <param name="Clusters">G, the number of clusters.</param>
/// <param name="SquaredError">v = G/(G − 1)·Σ_g S_g²/n², with S_g the sum of (value − mean) over cluster g; 0 below two clusters.</param>
/// <param name="JackknifeError">(G − 1)/G·Σ_g (S_g/(n − n_g))²; 0 where <paramref name="SquaredError"/> is.</param>
/// <param name="Skewness">Σ S_g³/G over (Σ S_g²/G)^1.5; 0 where <paramref name="SquaredError"/> is.</param>
/// <param name="EffectiveClusters">n²/Σ n_g² (Kish): as many clusters of one size would know the variance as well.</param>
internal readonly record struct ClusterScores(
    Moments Moments,
    int Clusters,
    double SquaredError,
    double JackknifeError,
    double Skewness,
    double EffectiveClusters
)
{
    public static ClusterScores Of<TCluster>(ReadOnlySpan<double> values, ReadOnlySpan<TCluster> clusters)
        where TCluster : notnull
    {
        var moments = Moments.Of(values);
        var scores = Sums(values, clusters, moments.Mean);
        var error = scores.Count < 2 ? 0 : SquaredErrorOf(scores.Values, moments);
        return error == 0
            ? new ClusterScores(moments, scores.Count, 0, 0, 0, scores.Count)
            : new ClusterScores(
                moments,
                scores.Count,
                error,
                JackknifeErrorOf(scores.Values, moments),
                SkewnessOf(scores.Values, moments),
                EffectiveOf(scores.Values, moments.Count)
            );
    }

    private static double JackknifeErrorOf<TCluster>(Dictionary<TCluster, Score>.ValueCollection scores, in Moments moments)
        where TCluster : notnull
    {
        var squares = 0.0;
        foreach (var score in scores)
        {
            var change = (score.Sum - (score.Count * moments.MeanRest)) / (moments.Count - score.Count);
            squares += change * change;
        }

        return squares * (scores.Count - 1) / scores.Count;
    }

    private static double EffectiveOf<TCluster>(Dictionary<TCluster, Score>.ValueCollection scores, double values)
        where TCluster : notnull
    {
        var squares = 0.0;
        foreach (var score in scores)
        {
            squares += (double)score.Count * score.Count;
        }

        return values / squares * values;
    }

    private static double SkewnessOf<TCluster>(Dictionary<TCluster, Score>.ValueCollection scores, in Moments moments)
        where TCluster : notnull
    {
        var (squares, cubes) = (0.0, 0.0);
        foreach (var score in scores)
        {
            var share = (score.Sum - (score.Count * moments.MeanRest)) / moments.Count;
            squares += share * share;
            cubes += share * share * share;
        }

        return cubes / Math.Pow(squares, 1.5) * Math.Sqrt(scores.Count);
    }

    private static Dictionary<TCluster, Score> Sums<TCluster>(ReadOnlySpan<double> values, ReadOnlySpan<TCluster> clusters, double mean)
        where TCluster : notnull
    {
        var scores = new Dictionary<TCluster, Score>();
        for (var i = 0; i < values.Length; i++)
        {
            ref var score = ref CollectionsMarshal.GetValueRefOrAddDefault(scores, clusters[i], out _);
            score = new Score(score.Sum + (values[i] - mean), score.Count + 1);
        }

        return scores;
    }

    private static double SquaredErrorOf<TCluster>(Dictionary<TCluster, Score>.ValueCollection scores, in Moments moments)
        where TCluster : notnull
    {
        // A sum that the rounding of its values could have made is no sum.
        var dust = Spread.Unit * Math.Max(Math.Abs(moments.Min), Math.Abs(moments.Max));
        var squares = 0.0;
        var vary = false;
        foreach (var score in scores)
        {
            var share = (score.Sum - (score.Count * moments.MeanRest)) / moments.Count;
            squares += share * share;
            vary |= Math.Abs(share) * moments.Count > score.Count * dust;
        }

        return vary ? squares * scores.Count / (scores.Count - 1) : 0;
    }

    private readonly record struct Score(double Sum, long Count);
}
