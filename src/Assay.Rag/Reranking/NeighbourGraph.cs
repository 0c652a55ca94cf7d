using Assay.Rag.Dense;
using Assay.Rag.Sparse;
using Assay.Rag.Storage;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>
/// The chunks most like each chunk, found when indexing. A passage whose neighbours answer the query probably answers it too
/// (score regularisation: Diaz: Regularizing ad hoc retrieval scores, CIKM 2005). Read in place, safe for several threads.
/// </summary>
internal sealed class NeighbourGraph : IDisposable
{
    public const string FileName = "neighbours.idx";

    /// <summary>Neighbours of a chunk at most; the customary number.</summary>
    public const int Degree = 10;

    /// <summary>Fills the places of a chunk that has fewer neighbours.</summary>
    public const int None = -1;

    internal const string Kind = "nearby";

    private readonly IndexFile file;

    private NeighbourGraph(IndexFile file)
    {
        this.file = file;
        ChunkCount = file.Section<int>("neighbours").Length / Degree;
    }

    public int ChunkCount { get; }

    /// <summary>Finds the neighbours of every chunk and writes them; returns the size of the file in bytes. The bytes do not depend on the number of threads.</summary>
    /// <param name="path">Where to write.</param>
    /// <param name="sparse">The sparse index; null when that stage is off.</param>
    /// <param name="dense">The dense index; null when that stage is off.</param>
    /// <param name="streams">The terms of the chunks.</param>
    /// <param name="threads">Threads to use.</param>
    public static long Write(string path, SparseIndex? sparse, DenseIndex? dense, TermStreams streams, int threads)
    {
        var search = new NeighbourSearch(sparse, dense, streams);
        var neighbours = new int[streams.ChunkCount * Degree];
        var weights = new float[streams.ChunkCount * Degree];
        Array.Fill(neighbours, None);
        Parallelism.ForRanges(
            streams.ChunkCount,
            threads,
            chunk => search.Find(chunk, neighbours.AsSpan(chunk * Degree, Degree), weights.AsSpan(chunk * Degree, Degree))
        );
        var writer = new IndexFileWriter(Kind);
        writer.Add<int>("neighbours", neighbours);
        writer.Add<float>("weights", weights);
        return writer.Write(path);
    }

    /// <summary>Maps the file.</summary>
    /// <exception cref="AssayException">The file is missing, foreign, truncated or damaged (exit code 2).</exception>
    public static NeighbourGraph Open(string path) => new(IndexFile.Open(path, Kind));

    /// <summary>The neighbours of a chunk, nearest first; unused places hold <see cref="None"/>.</summary>
    public ReadOnlySpan<int> Of(int chunk) => file.Section<int>("neighbours").Slice(chunk * Degree, Degree);

    /// <summary>The weights that go with <see cref="Of"/>; they add up to 1 for a chunk that has neighbours.</summary>
    public ReadOnlySpan<float> WeightsOf(int chunk) => file.Section<float>("weights").Slice(chunk * Degree, Degree);

    /// <summary>The weighted mean score of a chunk's neighbours; 0 for a chunk without any.</summary>
    public double MeanScore(int chunk, ReadOnlySpan<float> scores)
    {
        var neighbours = Of(chunk);
        var weights = WeightsOf(chunk);
        var mean = 0.0;
        for (var i = 0; i < neighbours.Length && neighbours[i] != None; i++)
        {
            mean += weights[i] * scores[neighbours[i]];
        }

        return mean;
    }

    public void Dispose() => file.Dispose();
}
