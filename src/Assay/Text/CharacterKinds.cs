using System.Globalization;
using System.Text;

namespace Assay.Text;

/// <summary>The kind of every character. One byte for each UTF-16 code unit, so that common text never asks twice.</summary>
internal static class CharacterKinds
{
    private static readonly CharacterKind[] Table = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => KindOf((char)c))];

    /// <summary>The kind of the character at a place that lies within the text, and its width in UTF-16 code units.</summary>
    public static CharacterKind At(ReadOnlySpan<char> text, int place, out int width)
    {
        width = 1;
        var kind = Table[text[place]];
        return kind == CharacterKind.Surrogate ? OfPair(text[place..], out width) : kind;
    }

    private static CharacterKind OfPair(ReadOnlySpan<char> text, out int width)
    {
        Rune.DecodeFromUtf16(text, out var rune, out width);
        // A lone half decodes to the replacement character, which is a symbol and so a separator.
        var kind = KindOf(Rune.GetUnicodeCategory(rune));
        return kind == CharacterKind.Letter && IsHanPlane(rune) ? CharacterKind.Ideograph : kind;
    }

    private static CharacterKind KindOf(char c) =>
        c switch
        {
            '_' => CharacterKind.Underscore,
            '\'' or '’' => CharacterKind.Apostrophe,
            '.' or ',' => CharacterKind.Point,
            '\u00AD' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' => CharacterKind.Mark,
            _ when IsHan(c) && char.IsLetterOrDigit(c) || c == '〇' => CharacterKind.Ideograph,
            _ => KindOf(CharUnicodeInfo.GetUnicodeCategory(c)),
        };

    private static CharacterKind KindOf(UnicodeCategory category) =>
        category switch
        {
            <= UnicodeCategory.OtherLetter => CharacterKind.Letter,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => CharacterKind.Mark,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Digit,
            UnicodeCategory.Surrogate => CharacterKind.Surrogate,
            _ => CharacterKind.Separator,
        };

    // Blocks of the Unicode standard: the iteration mark, extension A, the unified ideographs, the compatibility ideographs.
    private static bool IsHan(char c) => c is '々' or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    // The letters of planes 2 and 3 are all Han.
    private static bool IsHanPlane(Rune rune) => rune.Plane is 2 or 3;
}
