using Assay.Text;

namespace Assay.Rag.Terms;

/// <summary>
/// Turns text into index terms: words, normalised, without stop words, stemmed by their script (English or Russian). A Cyrillic word brings a second
/// term, the beginning of its stem (<see cref="StemBeginning"/>), so that words of one family meet. Terms are remembered by the spelling they came from,
/// so that each spelling is stemmed once. Not safe for several threads.
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

    /// <summary>The beginning that goes with a word's term, by the number of that term; <see cref="NoTerm"/> where none does.</summary>
    private readonly List<int> beginnings = [];

    /// <summary>Appends the terms of <paramref name="text"/> in reading order, each word's own term before its beginning.</summary>
    public void Analyze(ReadOnlySpan<char> text, List<int> into)
    {
        var reader = new TokenReader(text);
        while (reader.Read())
        {
            var term = TermOf(text.Slice(reader.Start, Math.Min(reader.Length, MaxWordLength)));
            if (term == NoTerm)
            {
                continue;
            }

            into.Add(term);
            if (beginnings[term] != NoTerm)
            {
                into.Add(beginnings[term]);
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
        var id = NoTerm;
        if (!term.IsEmpty)
        {
            id = table.IdOf(term);
            NoteBeginning(id, term);
        }

        spellings.Add(word, id);
        return id;
    }

    private void NoteBeginning(int id, ReadOnlySpan<char> term)
    {
        Span<char> buffer = stackalloc char[StemBeginning.MaxLength];
        var beginning = StemBeginning.Of(term, buffer);
        var beginningId = beginning.IsEmpty ? NoTerm : table.IdOf(beginning);
        while (beginnings.Count < table.Count)
        {
            beginnings.Add(NoTerm);
        }

        beginnings[id] = beginningId;
    }

    /// <summary>The index term of one word, written into <paramref name="buffer"/>; empty when the word is not indexed.</summary>
    public static ReadOnlySpan<char> TermText(ReadOnlySpan<char> word, Span<char> buffer)
    {
        var length = Normalizer.Normalize(word, buffer);
        return length == 0 || StopWords.IsStopWord(buffer[..length]) ? [] : buffer[..Stemming.Stem(buffer, length)];
    }

    /// <summary>As <see cref="TermText"/>, and empty too for a word by which a question asks.</summary>
    public static ReadOnlySpan<char> QueryTermText(ReadOnlySpan<char> word, Span<char> buffer)
    {
        var length = Normalizer.Normalize(word, buffer);
        return QuestionWords.Contains(buffer[..length]) ? [] : TermText(word, buffer);
    }
}
