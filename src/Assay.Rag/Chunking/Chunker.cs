using Assay.Rag.Reading;

namespace Assay.Rag.Chunking;

/// <summary>
/// Cuts documents into chunks along their structure: sections first, then blocks, then sentences, then words; or in windows of so many words, as
/// <see cref="ChunkOptions.Strategy"/> says. Every character that is not white space is in a chunk; along the structure only whole sentences are ever repeated.
/// It keeps nothing between documents and may be used from several threads.
/// </summary>
internal sealed class Chunker(ChunkOptions options)
{
    private readonly ChunkOptions _options = options.Validated();

    /// <summary>The chunks of a document in the order of its text; none where it is only white space.</summary>
    public List<Chunk> Chunk(Document document)
    {
        // Most documents of large collections are short and have no headings: one count of their tokens is all they need.
        if (document.Blocks is ParagraphBlocks && TokenMap.CountUpTo(document.Text, _options.MaxTokens) is var count && count <= _options.MaxTokens)
        {
            var whole = TextRange.Trimmed(document.Text, 0, document.Text.Length);
            return whole.IsEmpty ? [] : [Make(document, whole, "", count, ordinal: 0)];
        }

        return _options.Strategy == ChunkStrategy.Windows ? InWindows(document) : Structured(document);
    }

    private List<Chunk> InWindows(Document document)
    {
        var tokens = new TokenMap(document.Text);
        return [.. Windows.Of(document.Text, tokens, _options).Select((window, i) => Make(document, window, "", tokens.Count(window), i))];
    }

    private List<Chunk> Structured(Document document)
    {
        var tokens = new TokenMap(document.Text);
        var chunks = new List<Chunk>();
        foreach (var group in SectionGroups.Of(Outline.Of(document, tokens), _options.MaxTokens))
        {
            foreach (var packed in new ChunkPacker(document.Text, tokens, _options).Pack(group))
            {
                chunks.Add(Make(document, packed.Range, string.Join(" > ", packed.Path), tokens.Count(packed.Range), chunks.Count));
            }
        }

        return chunks;
    }

    private static Chunk Make(Document document, TextRange range, string path, int tokenCount, int ordinal)
    {
        var id = string.Create(null, stackalloc char[256], $"{document.Id}#{ordinal}");
        return new Chunk(
            id,
            document.Id,
            document.Title,
            path,
            document.Text.Substring(range.Start, range.Length),
            range.Start,
            range.Length,
            tokenCount,
            ordinal
        );
    }
}
