using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay.Rag.Fusion;

/// <summary>A chunk with its score.</summary>
internal readonly record struct ScoredChunk(int Chunk, double Score);

/// <summary>Finds the k highest scores in an array of scores; equal scores go to the lower chunk number, so that an order is always the same.</summary>
internal static class TopK
{
    /// <summary>The positive accumulators' best k, best first, multiplied by <paramref name="unit"/>. Sets every accumulator to zero on the way.</summary>
    public static List<ScoredChunk> TakeAndClear(Span<int> accumulators, int k, double unit)
    {
        var best = new BoundedHeap(k);
        var width = Vector<int>.Count;
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(accumulators);
        for (var v = 0; v < vectors.Length; v++)
        {
            if (Vector.GreaterThanAny(vectors[v], new Vector<int>((int)best.Threshold)))
            {
                Offer(accumulators.Slice(v * width, width), v * width, ref best);
            }

            vectors[v] = Vector<int>.Zero;
        }

        var rest = vectors.Length * width;
        Offer(accumulators[rest..], rest, ref best);
        accumulators[rest..].Clear();
        return best.Drain(unit);
    }

    /// <summary>The best k of all scores, best first; scores at or below <paramref name="above"/> are left out.</summary>
    public static List<ScoredChunk> Take(ReadOnlySpan<float> scores, int k, float above = float.NegativeInfinity)
    {
        var best = new BoundedHeap(k, above);
        var width = Vector<float>.Count;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(scores);
        for (var v = 0; v < vectors.Length; v++)
        {
            if (Vector.GreaterThanAny(vectors[v], new Vector<float>((float)best.Threshold)))
            {
                Offer(scores.Slice(v * width, width), v * width, ref best);
            }
        }

        Offer(scores[(vectors.Length * width)..], vectors.Length * width, ref best);
        return best.Drain(1);
    }

    private static void Offer(ReadOnlySpan<int> values, int first, ref BoundedHeap best)
    {
        for (var i = 0; i < values.Length; i++)
        {
            best.Offer(first + i, values[i]);
        }
    }

    private static void Offer(ReadOnlySpan<float> values, int first, ref BoundedHeap best)
    {
        for (var i = 0; i < values.Length; i++)
        {
            best.Offer(first + i, values[i]);
        }
    }
}
