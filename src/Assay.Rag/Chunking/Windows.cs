using Assay.Rag.Reading;

namespace Assay.Rag.Chunking;

/// <summary>Cuts a text every so many words, whatever stands there: each window begins <see cref="ChunkOptions.OverlapTokens"/> words before the end of the last.</summary>
internal static class Windows
{
    /// <summary>The windows in order, without white space at their ends. Together they hold every character that is not white space.</summary>
    public static IEnumerable<TextRange> Of(string text, TokenMap tokens, ChunkOptions options)
    {
        var (at, end) = (0, text.Length);
        while (true)
        {
            var cut = tokens.After(new TextRange(at, end), options.MaxTokens);
            var window = TextRange.Trimmed(text, at, cut);
            if (!window.IsEmpty)
            {
                yield return window;
            }

            if (cut == end)
            {
                yield break;
            }

            at = tokens.After(new TextRange(at, cut), options.MaxTokens - options.OverlapTokens);
        }
    }
}
