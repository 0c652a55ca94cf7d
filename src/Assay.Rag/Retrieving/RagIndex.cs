using Assay.Rag.Dense;
using Assay.Rag.Indexing;
using Assay.Rag.Reranking;
using Assay.Rag.Sparse;
using Assay.Rag.Storage;
using Assay.Rag.Terms;

namespace Assay.Rag.Retrieving;

/// <summary>An opened index; a leg that was not built is null.</summary>
internal sealed class RagIndex : IDisposable
{
    private RagIndex(string folder, IndexManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
        Chunks = ChunkStore.Open(Path.Combine(folder, ChunkStore.FileName));
        Lexicon = Lexicon.Open(Path.Combine(folder, Lexicon.FileName));
        Forward = ForwardIndex.Open(Path.Combine(folder, ForwardIndex.FileName));
        Sparse = IndexBuilder.OpenIfThere(folder, SparseIndex.FileName, SparseIndex.Open);
        Dense = IndexBuilder.OpenIfThere(folder, DenseIndex.FileName, DenseIndex.Open);
        Neighbours = IndexBuilder.OpenIfThere(folder, NeighbourGraph.FileName, NeighbourGraph.Open);
    }

    public string Folder { get; }

    public IndexManifest Manifest { get; }

    public ChunkStore Chunks { get; }

    public Lexicon Lexicon { get; }

    public ForwardIndex Forward { get; }

    public SparseIndex? Sparse { get; }

    public DenseIndex? Dense { get; }

    public NeighbourGraph? Neighbours { get; }

    /// <summary>Opens the index in the folder that a person named, or in its subfolder <c>index</c>.</summary>
    /// <exception cref="AssayException">There is none, or a file is missing, foreign, truncated or damaged (exit code 2).</exception>
    public static RagIndex Open(string named)
    {
        var (folder, manifest) = IndexFolder.Find(named);
        foreach (var file in manifest.Files.Keys.Where(f => !File.Exists(Path.Combine(folder, f))))
        {
            throw AssayException.Usage($"The index in '{folder}' lacks its file '{file}'.", "Build the index again with `assay rag run`.");
        }

        return new RagIndex(folder, manifest);
    }

    public void Dispose()
    {
        Chunks.Dispose();
        Lexicon.Dispose();
        Forward.Dispose();
        Sparse?.Dispose();
        Dense?.Dispose();
        Neighbours?.Dispose();
    }
}
