using Assay.Rag.Chunking;

namespace Assay.Rag.Answering;

/// <summary>A chunk's text as it is shown to people: without the front matter of its document.</summary>
internal static class ReadableText
{
    private const string Fence = "---";

    /// <summary>The lines between two <c>---</c> at the start of a document are about the document, not part of it.</summary>
    public static string Of(Chunk chunk)
    {
        if (chunk.Start > 0 || !chunk.Text.StartsWith(Fence, StringComparison.Ordinal))
        {
            return chunk.Text;
        }

        var end = chunk.Text.IndexOf("\n" + Fence, StringComparison.Ordinal);
        return end < 0 ? chunk.Text : chunk.Text[(end + 1 + Fence.Length)..];
    }
}
