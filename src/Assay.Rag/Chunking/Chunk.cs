namespace Assay.Rag.Chunking;

/// <summary>A passage of a document: the unit that is indexed, found and cited.</summary>
/// <param name="Id"><see cref="DocumentId"/>, '#' and <see cref="Ordinal"/>.</param>
/// <param name="DocumentId">The document that it is a part of.</param>
/// <param name="Title">The document's title.</param>
/// <param name="HeadingPath">The headings above it, outermost first, joined by " &gt; ", without the title; empty where there are none.</param>
/// <param name="Text">The document's text from <see cref="Start"/>, <see cref="Length"/> UTF-16 units long.</param>
/// <param name="Start">The first UTF-16 position in the document's text.</param>
/// <param name="Length">The number of UTF-16 units.</param>
/// <param name="TokenCount">The words and numbers in it; never more than <see cref="ChunkOptions.MaxTokens"/>.</param>
/// <param name="Ordinal">Its place among the document's chunks, from 0.</param>
internal sealed record Chunk(string Id, string DocumentId, string Title, string HeadingPath, string Text, int Start, int Length, int TokenCount, int Ordinal);
