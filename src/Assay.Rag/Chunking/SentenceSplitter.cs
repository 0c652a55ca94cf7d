using System.Buffers;
using Assay.Rag.Reading;

namespace Assay.Rag.Chunking;

/// <summary>
/// Finds the ends of sentences in English and Russian text by rule: a mark that ends one, the quotes and brackets that close after it,
/// white space, and then no small letter. A point also needs a word before it that is no abbreviation, initial or list number.
/// </summary>
internal static class SentenceSplitter
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?…。！？\n");
    private const string Closing = "\"'»”’“)]}*_`";
    private const string Opening = "\"'«„“‘([{*_`—–-";

    /// <summary>The sentences of a piece in order, without the white space between them; together they hold all of its other characters.</summary>
    public static IEnumerable<TextRange> Split(string text, TextRange piece)
    {
        var start = piece.Start;
        while (start < piece.End)
        {
            var end = End(text.AsSpan(0, piece.End), start);
            var sentence = TextRange.Trimmed(text, start, end);
            if (!sentence.IsEmpty)
            {
                yield return sentence;
            }

            start = end;
        }
    }

    private static int End(ReadOnlySpan<char> text, int start)
    {
        for (var at = start; at < text.Length; )
        {
            var found = text[at..].IndexOfAny(Ends);
            if (found < 0)
            {
                return text.Length;
            }

            at += found;
            if (text[at] == '\n')
            {
                if (IsBlankLine(text, ++at))
                {
                    return at;
                }

                continue;
            }

            var mark = at;
            at = After(text, at);
            if (EndsHere(text, start, mark, at))
            {
                return at;
            }
        }

        return text.Length;
    }

    /// <summary>The position after the marks and what closes after them.</summary>
    private static int After(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] != '\n' && Ends.Contains(text[at]))
        {
            at++;
        }

        while (at < text.Length && Closing.Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at;
    }

    private static bool EndsHere(ReadOnlySpan<char> text, int start, int mark, int after)
    {
        // Ideographic marks need no white space after them.
        if (text[mark] >= '\u3000')
        {
            return true;
        }

        if (after < text.Length && !char.IsWhiteSpace(text[after]) && !IsGlued(text, mark, after))
        {
            return false;
        }

        return !IsSmall(Next(text, after)) && !(text[mark] == '.' && after - mark == 1 && LeadsOn(text, start, mark));
    }

    /// <summary>
    /// Texts taken from pages lose the white space between paragraphs: "...критики.После". In Cyrillic a small letter, a mark and a capital
    /// are that; in Latin they may be a name in code ("System.Text").
    /// </summary>
    private static bool IsGlued(ReadOnlySpan<char> text, int mark, int after) =>
        mark > 0 && text[mark - 1] is (>= 'а' and <= 'я') or 'ё' && text[after] is (>= 'А' and <= 'Я') or 'Ё';

    /// <summary>The first letter, digit or other sign of what follows, past opening quotes and dashes.</summary>
    private static char Next(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || Opening.Contains(text[at], StringComparison.Ordinal)))
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    private static bool IsSmall(char c) => char.IsLower(c) || c is ',' or ';' or ':';

    /// <summary>Whether the point belongs to an abbreviation, an initial or the number of a list item.</summary>
    private static bool LeadsOn(ReadOnlySpan<char> text, int start, int mark)
    {
        var from = mark;
        while (from > start && (char.IsLetterOrDigit(text[from - 1]) || text[from - 1] == '.'))
        {
            from--;
        }

        var word = text[from..mark];
        if (word.IsEmpty)
        {
            return false;
        }

        if (IsNumber(word))
        {
            return TextRange.Trimmed(text, start, from).IsEmpty;
        }

        return word.Length == 1 || word[^2] == '.' ? LetterLeadsOn(text, start, mark - 1, word) : Abbreviations.Holds(word);
    }

    /// <summary>The same for a letter that stands alone ("А. С. Пушкин", "U.S. Army", "с. 5"), given where it is.</summary>
    private static bool LetterLeadsOn(ReadOnlySpan<char> text, int start, int at, ReadOnlySpan<char> word)
    {
        var letter = text[at];
        if (!char.IsLetter(letter))
        {
            return false;
        }

        // "и т. д." and "и т. п." close a list and mostly the sentence with it.
        var before = text[start..at].TrimEnd(" .\u00A0");
        var closesList = letter is 'д' or 'п' && before is [.., 'т'];
        var afterNumber = !before.IsEmpty && char.IsDigit(before[^1]);
        return char.IsUpper(letter) || (Abbreviations.IsLetter(letter) && !closesList && !afterNumber) || Abbreviations.Holds(word);
    }

    private static bool IsNumber(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsDigit(c) && c != '.')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBlankLine(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is (' ' or '\t' or '\r'))
        {
            at++;
        }

        return at < text.Length && text[at] == '\n';
    }
}
