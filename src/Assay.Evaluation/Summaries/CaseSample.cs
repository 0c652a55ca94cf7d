namespace Assay.Evaluation.Summaries;

/// <summary>The values of one metric, one for each case that has one: what means, rates and gates are computed from.</summary>
/// <param name="Values">The mean over a case's repeats, in the order of the dataset.</param>
/// <param name="Clusters">The cluster of each value.</param>
/// <param name="ClusterCount">How many clusters the values come from.</param>
internal sealed record CaseSample(double[] Values, int[] Clusters, int ClusterCount)
{
    public int Count => Values.Length;

    /// <summary>Whether some cases share a cluster, so that they are not independent.</summary>
    public bool IsClustered => ClusterCount < Values.Length;

    /// <summary>n²/Σ n_g² (Kish): as many clusters of one size would know the spread between clusters as well.</summary>
    public double EffectiveClusters => IsClustered ? (double)Count * Count / Clusters.CountBy(c => c).Sum(g => (double)g.Value * g.Value) : Count;

    /// <summary>Whether every value is 0 or 1.</summary>
    public bool IsBinary => Array.TrueForAll(Values, v => v is 0 or 1);

    /// <summary>The same cases, each a cluster of its own.</summary>
    public CaseSample AsIndependent() => this with { Clusters = [.. Enumerable.Range(0, Count)], ClusterCount = Count };

    /// <summary>The same cases with other values.</summary>
    public CaseSample Map(Func<double, double> value) => this with { Values = Array.ConvertAll(Values, v => value(v)) };
}
