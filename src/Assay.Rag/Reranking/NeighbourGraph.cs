using Assay.Rag.Dense;
using Assay.Rag.Sparse;
using Assay.Rag.Storage;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

internal sealed class NeighbourGraph : IDisposable
{
    public const string FileName = "neighbours.idx";

    public static long Write(string path, SparseIndex? sparse, DenseIndex? dense, TermStreams streams, int threads)
    {
        var w = new IndexFileWriter("neighbours");
        w.Add<int>("x", [1]);
        return w.Write(path);
    }

    public static NeighbourGraph Open(string path) => new();

    public void Dispose() { }
}
