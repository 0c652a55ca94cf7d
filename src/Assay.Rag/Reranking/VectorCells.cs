using System.Numerics.Tensors;
using Assay.Rag.Dense;

namespace Assay.Rag.Reranking;

/// <summary>
/// Vectors grouped by the nearest of about √N of them, so that neighbours are looked for in a few groups rather than everywhere
/// (an inverted file: Jégou, Douze, Schmid: Product Quantization for Nearest Neighbor Search, 2011, section IV).
/// </summary>
internal sealed class VectorCells
{
    /// <summary>Groups that are searched for one chunk; fewer miss neighbours at the border of a group.</summary>
    private const int Probes = 8;

    /// <summary>Smaller collections are searched whole, which is exact.</summary>
    private const int ExactUpTo = 2_000;

    private readonly DenseIndex dense;
    private readonly int[] pivots;
    private readonly List<int>[] members;

    public VectorCells(DenseIndex dense)
    {
        this.dense = dense;
        var count = dense.ChunkCount <= ExactUpTo ? 1 : (int)Math.Sqrt(dense.ChunkCount);
        pivots = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * dense.ChunkCount / count))];
        members = [.. pivots.Select(_ => new List<int>())];
        for (var chunk = 0; chunk < dense.ChunkCount; chunk++)
        {
            members[Nearest(chunk, 1)[0]].Add(chunk);
        }
    }

    /// <summary>The chunks in the groups nearest to a chunk, itself among them.</summary>
    public IEnumerable<int> Near(int chunk) => Nearest(chunk, Math.Min(Probes, pivots.Length)).SelectMany(cell => members[cell]);

    private int[] Nearest(int chunk, int count)
    {
        if (pivots.Length == 1)
        {
            return [0];
        }

        Span<float> cosines = stackalloc float[pivots.Length];
        for (var i = 0; i < pivots.Length; i++)
        {
            cosines[i] = TensorPrimitives.Dot(dense.Vector(pivots[i]), dense.Vector(chunk));
        }

        var nearest = new int[count];
        for (var i = 0; i < count; i++)
        {
            nearest[i] = TensorPrimitives.IndexOfMax(cosines);
            cosines[nearest[i]] = float.NegativeInfinity;
        }

        return nearest;
    }
}
