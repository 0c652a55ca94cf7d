using Assay.Text;

namespace Assay.Rag.Terms;

/// <summary>
/// Turns text into index terms: words, normalised, without stop words, stemmed by their script (English or Russian).
/// A term is remembered by the spelling it came from, so that each spelling is stemmed once. Not safe for several threads.
/// </summary>
internal sealed class TermAnalyzer(TermTable table)
{
    /// <summary>What a spelling maps to when it is a stop word or nothing is left of it.</summary>
    public const int NoTerm = -1;

    /// <summary>Longer words are cut: no word of a language is that long, and an index must not be filled by garbage.</summary>
    public const int MaxWordLength = 64;

    /// <summary>Spellings remembered at most; beyond it words are analysed afresh each time.</summary>
    private const int MaxSpellings = 2_000_000;

    private readonly SpellingCache spellings = new(MaxSpellings);

    /// <summary>Appends the terms of <paramref name="text"/> in reading order.</summary>
    public void Analyze(ReadOnlySpan<char> text, List<int> into)
    {
        var reader = new TokenReader(text);
        while (reader.Read())
        {
            var term = TermOf(text.Slice(reader.Start, Math.Min(reader.Length, MaxWordLength)));
            if (term != NoTerm)
            {
                into.Add(term);
            }
        }
    }

    private int TermOf(ReadOnlySpan<char> word)
    {
        if (spellings.TryGet(word, out var known))
        {
            return known;
        }

        Span<char> buffer = stackalloc char[(MaxWordLength * 2) + 2];
        var term = TermText(word, buffer);
        var id = term.IsEmpty ? NoTerm : table.IdOf(term);
        spellings.Add(word, id);
        return id;
    }

    /// <summary>The index term of one word, written into <paramref name="buffer"/>; empty when the word is not indexed.</summary>
    public static ReadOnlySpan<char> TermText(ReadOnlySpan<char> word, Span<char> buffer)
    {
        var length = Normalizer.Normalize(word, buffer);
        if (length == 0 || StopWords.IsStopWord(buffer[..length]))
        {
            return [];
        }

        return buffer[..Stemming.Stem(buffer, length)];
    }
}
