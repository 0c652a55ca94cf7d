using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Assay.Rag.Dense;
using Assay.Rag.Fusion;
using Assay.Rag.Sparse;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>
/// Finds the chunks most like a chunk: candidates by its heaviest terms (or, without a sparse index, by nearness of vectors), their order by
/// half the lexical score, as a share of the best, and half the cosine. Safe for several threads.
/// </summary>
internal sealed class NeighbourSearch(SparseIndex? sparse, DenseIndex? dense, TermStreams streams)
{
    /// <summary>Terms of a chunk that are searched for: enough to say what it is about, and a bound on the work.</summary>
    private const int HeaviestTerms = 40;

    /// <summary>Chunks found by terms whose vectors are compared.</summary>
    private const int Candidates = 100;

    /// <summary>Share of the lexical score in the order when there are vectors too.</summary>
    private const double LexicalShare = 0.5;

    /// <summary>A neighbour never counts nothing or less; a graph has positive weights.</summary>
    private const double LeastWeight = 1e-6;

    private readonly VectorCells? cells = sparse is null && dense is not null ? new VectorCells(dense) : null;
    private readonly ConcurrentBag<int[]> accumulators = [];

    /// <summary>Writes up to <see cref="NeighbourGraph.Degree"/> neighbours, nearest first, and their weights, which add up to 1.</summary>
    public void Find(int chunk, Span<int> neighbours, Span<float> weights)
    {
        var found = sparse is not null ? ByTerms(chunk, sparse) : ByVectors(chunk);
        found.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Chunk.CompareTo(b.Chunk));
        var count = Math.Min(found.Count, neighbours.Length);
        var total = 0.0;
        for (var i = 0; i < count; i++)
        {
            total += Math.Max(LeastWeight, found[i].Score);
        }

        for (var i = 0; i < count; i++)
        {
            neighbours[i] = found[i].Chunk;
            weights[i] = (float)(Math.Max(LeastWeight, found[i].Score) / total);
        }
    }

    private List<ScoredChunk> ByTerms(int chunk, SparseIndex index)
    {
        var terms = Heaviest(chunk, index);
        if (!accumulators.TryTake(out var scores))
        {
            scores = new int[streams.ChunkCount];
        }

        var unit = index.Accumulate(terms, scores);
        scores[chunk] = 0;
        var found = TopK.TakeAndClear(scores, Candidates, unit);
        accumulators.Add(scores);
        return Order(chunk, found);
    }

    private List<ScoredChunk> Order(int chunk, List<ScoredChunk> found)
    {
        if (found.Count == 0)
        {
            return found;
        }

        var best = found[0].Score;
        for (var i = 0; i < found.Count; i++)
        {
            var lexical = found[i].Score / best;
            found[i] = found[i] with
            {
                Score = dense is null ? lexical : (LexicalShare * lexical) + ((1 - LexicalShare) * Cosine(chunk, found[i].Chunk, dense)),
            };
        }

        return found;
    }

    private List<ScoredChunk> ByVectors(int chunk)
    {
        var found = new List<ScoredChunk>();
        if (cells is null || dense is null || TensorPrimitives.SumOfSquares(dense.Vector(chunk)) <= 0)
        {
            return found;
        }

        foreach (var other in cells.Near(chunk))
        {
            if (other != chunk)
            {
                found.Add(new ScoredChunk(other, Cosine(chunk, other, dense)));
            }
        }

        return found;
    }

    private static double Cosine(int a, int b, DenseIndex index) => TensorPrimitives.Dot(index.Vector(a), index.Vector(b));

    private WeightedTerm[] Heaviest(int chunk, SparseIndex index)
    {
        var sorted = streams.All(chunk).ToArray();
        Array.Sort(sorted);
        var weighted = new List<WeightedTerm>(sorted.Length);
        for (var start = 0; start < sorted.Length; )
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            double count = end - start;
            weighted.Add(new WeightedTerm(sorted[start], count / (count + SparseOptions.K1) * index.Idf(sorted[start])));
            start = end;
        }

        weighted.Sort(static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Term.CompareTo(b.Term));
        return [.. weighted.Take(HeaviestTerms)];
    }
}
