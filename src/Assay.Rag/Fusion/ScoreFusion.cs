namespace Assay.Rag.Fusion;

/// <summary>How dense and sparse scores become one order.</summary>
internal enum FusionMethod
{
    /// <summary>Weighted sum of z-scores over all chunks; keeps how far ahead a chunk is, so that a weak leg does little harm.</summary>
    ZScore,

    /// <summary>Reciprocal rank fusion with k = 60 (Cormack, Clarke, Büttcher, SIGIR 2009); looks at ranks alone.</summary>
    Rrf,
}

/// <summary>Brings the scores of the legs that ran into one score a chunk.</summary>
internal static class ScoreFusion
{
    /// <summary>Weight of the sparse leg in the weighted sum; the dense leg has the rest.</summary>
    public const float SparseWeight = 0.75f;

    private const float RrfK = 60;

    /// <summary>Ranks beyond this depth add nothing to a reciprocal rank sum.</summary>
    private const int RrfDepth = 1000;

    /// <summary>Fused scores, one a chunk; higher is better. A leg that did not run is null; at least one must have run.</summary>
    public static float[] Fuse(float[]? sparse, float[]? dense, FusionMethod method)
    {
        if (sparse is null || dense is null)
        {
            var only = (sparse ?? dense)!.AsSpan().ToArray();
            ZScores.Standardise(only);
            return only;
        }

        return method == FusionMethod.Rrf ? ReciprocalRanks(sparse, dense) : WeightedSum(sparse, dense);
    }

    private static float[] WeightedSum(float[] sparse, float[] dense)
    {
        var fused = sparse.AsSpan().ToArray();
        ZScores.Standardise(fused);
        var other = dense.AsSpan().ToArray();
        ZScores.Standardise(other);
        for (var i = 0; i < fused.Length; i++)
        {
            fused[i] = (SparseWeight * fused[i]) + ((1 - SparseWeight) * other[i]);
        }

        return fused;
    }

    private static float[] ReciprocalRanks(float[] sparse, float[] dense)
    {
        var fused = new float[sparse.Length];
        foreach (var leg in (float[][])[sparse, dense])
        {
            var rank = 0;
            foreach (var hit in TopK.Take(leg, RrfDepth, above: 0))
            {
                fused[hit.Chunk] += 1 / (RrfK + ++rank);
            }
        }

        return fused;
    }
}
