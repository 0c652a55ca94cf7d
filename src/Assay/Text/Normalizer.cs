using System.Text;

namespace Assay.Text;

/// <summary>
/// Writes a word the one way in which it is indexed: lower case, ё as е, ’ as ', full-width ASCII as ASCII, without the
/// English possessive 's, stress marks (U+0301), soft hyphens, joiners and variation selectors; a decomposed й is composed.
/// </summary>
public static class Normalizer
{
    private const char Dropped = '\0';
    private const char Breve = '\u0306';
    private const char Diaeresis = '\u0308';
    private const int FullWidthDistance = '！' - '!';

    // Latin and Cyrillic, most of all text, are folded by a table.
    private static readonly char[] Folded = [.. Enumerable.Range(0, 0x530).Select(c => Fold((char)c))];

    /// <summary>Writes the word and returns its new length, which is never greater; the result normalises to itself.</summary>
    /// <param name="token">A word as <see cref="TokenReader"/> finds it; any characters are allowed.</param>
    /// <param name="into">Room for the result, at least as long as the token; may be the same memory.</param>
    /// <exception cref="ArgumentException">The room is shorter than the token.</exception>
    public static int Normalize(ReadOnlySpan<char> token, Span<char> into)
    {
        if (into.Length < token.Length)
            throw new ArgumentException("The room is shorter than the token.", nameof(into));
        var length = 0;
        for (var i = 0; i < token.Length; i++)
        {
            var c = token[i] < Folded.Length ? Folded[token[i]] : Fold(token[i]);
            if (char.IsHighSurrogate(c) && i + 1 < token.Length && char.IsLowSurrogate(token[i + 1]))
                length += new Rune(c, token[++i]).LowerInto(into[length..]);
            else if (c != Dropped && !Composes(c, into[..length]))
                into[length++] = c;
        }
        return WithoutPossessive(into[..length]);
    }

    private static int LowerInto(this Rune rune, Span<char> into) => Rune.ToLowerInvariant(rune).EncodeToUtf16(into);

    private static char Fold(char c) =>
        c switch
        {
            '\u0301' or '\u00AD' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' => Dropped,
            >= '\uFE00' and <= '\uFE0F' => Dropped,
            '’' => '\'',
            'ё' or 'Ё' => 'е',
            >= '！' and <= '～' => Fold((char)(c - FullWidthDistance)),
            _ => char.ToLowerInvariant(c),
        };

    /// <summary>Whether a mark was taken up by the letter before it: и and a breve are й, е and a diaeresis are ё, folded.</summary>
    private static bool Composes(char mark, Span<char> written)
    {
        if (mark is not (Breve or Diaeresis) || written.IsEmpty)
            return false;
        ref var letter = ref written[^1];
        if (mark == Diaeresis)
            return letter == 'е';
        if (letter != 'и')
            return false;
        letter = 'й';
        return true;
    }

    // Repeated, so that what is normal stays as it is.
    private static int WithoutPossessive(ReadOnlySpan<char> word)
    {
        while (word.Length > 1 && word[^1] == '\'' || word.Length > 2 && word.EndsWith("'s"))
            word = word[^1] == '\'' ? word[..^1] : word[..^2];
        return word.Length;
    }
}
