using Assay.Rag.Retrieving;

namespace Assay.Rag.Answering;

/// <summary>The passages that were found for a question, best first.</summary>
public sealed class FoundPassages
{
    internal FoundPassages(RetrievalResult retrieval)
    {
        Retrieval = retrieval;
        Passages = [.. retrieval.Passages.Select(p => new FoundPassage(p.Rank, p.Chunk.DocumentId, p.Chunk.HeadingPath, ReadableText.Of(p.Chunk), p.Score))];
    }

    /// <summary>The question.</summary>
    public string Question => Retrieval.Query;

    /// <summary>The passages.</summary>
    public IReadOnlyList<FoundPassage> Passages { get; }

    internal RetrievalResult Retrieval { get; }
}

/// <summary>A passage of a document.</summary>
/// <param name="Rank">1 for the best.</param>
/// <param name="Document">The document's id: its path, for one of several in a file with their number.</param>
/// <param name="Heading">The headings above it, outermost first, joined by <c> &gt; </c>; empty where there are none.</param>
/// <param name="Text">Its text.</param>
/// <param name="Score">The score that decided the order; comparable within one question only.</param>
public sealed record FoundPassage(int Rank, string Document, string Heading, string Text, double Score);
