using Assay.Rag.Chunking;
using Assay.Rag.Reading;
using Assay.Rag.Terms;

namespace Assay.Rag.Indexing;

/// <summary>What reading brought in.</summary>
/// <param name="Documents">Documents in reading order.</param>
/// <param name="Bad">What could not be read, with place and fix; at most <see cref="MaxListed"/> are kept.</param>
/// <param name="BadCount">How many could not be read.</param>
/// <param name="Duplicates">How many had been there already.</param>
/// <param name="SkippedByExtension">Files in folders that are of no supported kind.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Files">Files found.</param>
internal sealed record ReadCorpus(
    IReadOnlyList<Document> Documents,
    IReadOnlyList<BadDocument> Bad,
    int BadCount,
    int Duplicates,
    IReadOnlyDictionary<string, int> SkippedByExtension,
    long Bytes,
    int Files
)
{
    /// <summary>Bad documents listed in the summary; the rest are counted.</summary>
    public const int MaxListed = 100;
}

/// <summary>The corpus cut into chunks and turned into terms.</summary>
/// <param name="DocumentCount">How many documents there were.</param>
/// <param name="Chunks">Chunks in reading order.</param>
/// <param name="Streams">Their terms.</param>
internal sealed record ChunkedCorpus(int DocumentCount, IReadOnlyList<Chunk> Chunks, TermStreams Streams);
