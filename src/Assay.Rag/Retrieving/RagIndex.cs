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
    private const int MostAttempts = 3;

    private RagIndex(string folder, IndexManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
        try
        {
            Chunks = ChunkStore.Open(Path.Combine(folder, ChunkStore.FileName));
            Lexicon = Lexicon.Open(Path.Combine(folder, Lexicon.FileName));
            Forward = ForwardIndex.Open(Path.Combine(folder, ForwardIndex.FileName));
            Sparse = IndexBuilder.OpenIfThere(folder, SparseIndex.FileName, SparseIndex.Open);
            Dense = IndexBuilder.OpenIfThere(folder, DenseIndex.FileName, DenseIndex.Open);
            Neighbours = IndexBuilder.OpenIfThere(folder, NeighbourGraph.FileName, NeighbourGraph.Open);
            DemandOneIndex();
        }
        catch
        {
            Dispose();
            throw;
        }
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
    /// <exception cref="AssayException">
    /// There is none, a file is missing, foreign, truncated or damaged (exit code 2), or it is replaced each time that it is opened (exit code 4).
    /// </exception>
    public static RagIndex Open(string named)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (TryOpen(named) is { } index)
            {
                return index;
            }
        }

        throw AssayException.Infrastructure(
            $"The index in '{named}' was replaced each of the {MostAttempts} times that it was opened.",
            "Wait for the `assay rag run` that writes it, and try again."
        );
    }

    public void Dispose()
    {
        // Not all are there when opening one of them failed.
        Chunks?.Dispose();
        Lexicon?.Dispose();
        Forward?.Dispose();
        Sparse?.Dispose();
        Dense?.Dispose();
        Neighbours?.Dispose();
    }

    /// <summary>The index; null when another took its place meanwhile, so that parts of both may have been opened or missed.</summary>
    private static RagIndex? TryOpen(string named)
    {
        var (folder, manifest) = IndexFolder.Find(named);
        RagIndex? index = null;
        try
        {
            foreach (var file in manifest.Files.Keys.Where(f => !File.Exists(Path.Combine(folder, f))))
            {
                throw AssayException.Usage($"The index in '{folder}' lacks its file '{file}'.", "Build the index again with `assay rag run`.");
            }

            index = new RagIndex(folder, manifest);
            if (IsStill(named, manifest))
            {
                return index;
            }
        }
        // The folder may go at any moment, also between looking for a file and opening it.
        catch (Exception e) when (e is AssayException or IOException or UnauthorizedAccessException && !IsStill(named, manifest)) { }

        index?.Dispose();
        return null;
    }

    private static bool IsStill(string named, IndexManifest manifest)
    {
        try
        {
            var files = IndexFolder.Find(named).Manifest.Files;
            return files.Count == manifest.Files.Count && files.All(f => manifest.Files.TryGetValue(f.Key, out var hash) && hash == f.Value);
        }
        catch (AssayException)
        {
            // Between the two renames.
            return false;
        }
    }

    /// <summary>Parts of two indexes would have scores written behind the end of arrays: postings name chunks without asking how many there are.</summary>
    private void DemandOneIndex()
    {
        foreach (var (file, count) in Counts().Where(part => part.Count != Chunks.Count))
        {
            throw Mixed(file, count, Chunks.Count, "chunks");
        }

        if (Sparse is { } sparse && sparse.TermCount != Lexicon.Count)
        {
            throw Mixed(SparseIndex.FileName, sparse.TermCount, Lexicon.Count, "terms");
        }
    }

    private IEnumerable<(string File, int Count)> Counts()
    {
        yield return (ForwardIndex.FileName, Forward.ChunkCount);
        if (Sparse is { } sparse)
        {
            yield return (SparseIndex.FileName, sparse.ChunkCount);
        }

        if (Dense is { } dense)
        {
            yield return (DenseIndex.FileName, dense.ChunkCount);
        }

        if (Neighbours is { } neighbours)
        {
            yield return (NeighbourGraph.FileName, neighbours.ChunkCount);
        }
    }

    private AssayException Mixed(string file, int found, int expected, string what) =>
        AssayException.Usage(
            $"The index in '{Folder}' is mixed of two: its file '{file}' is of {found:N0} {what}, the others of {expected:N0}.",
            "Build the index again with `assay rag run`."
        );
}
