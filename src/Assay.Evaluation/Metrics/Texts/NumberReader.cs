using System.Globalization;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>
/// Reads the numbers of a text, as English or Russian writes them: 1,234.5 and 1 234,5; a minus before, an exponent or a word of scale (million,
/// млн) after. One pass.
/// </summary>
internal ref struct NumberReader(ReadOnlySpan<char> text, string language)
{
    /// <summary>A run of more digits is no number that anybody compares.</summary>
    private const int MaxLength = 60;

    private readonly ReadOnlySpan<char> text = text;
    private readonly bool russian = language == TextLanguage.Russian;
    private readonly bool groupsByPlainSpace = language == TextLanguage.Russian || !HasLetter(text);
    private int position;

    /// <summary>The number.</summary>
    public double Value { get; private set; }

    /// <summary>Moves to the next number; false at the end.</summary>
    public bool Read()
    {
        while (position < text.Length)
        {
            var skip = text[position..].IndexOfAnyInRange('0', '9');
            if (skip < 0)
            {
                position = text.Length;
                return false;
            }

            var start = position + skip;
            var end = EndOfDigits(start);
            position = end;
            if (!IsPartOfWord(start) && end - start <= MaxLength && Parse(start, end) is { } value)
            {
                Value = value;
                return true;
            }
        }

        return false;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>B12 and h2o are names, not numbers.</summary>
    private readonly bool IsPartOfWord(int start) => start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '_');

    /// <summary>The end of digits with their separators: each stands between two digits.</summary>
    private readonly int EndOfDigits(int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || IsSeparator(start, end)))
        {
            end++;
        }

        return end;
    }

    private readonly bool IsSeparator(int start, int place) =>
        place + 1 < text.Length
        && char.IsAsciiDigit(text[place + 1])
        && char.IsAsciiDigit(text[place - 1])
        && (text[place] is '.' or ',' || (IsGroupSpace(text[place]) && IsGroup(start, place)));

    /// <summary>A plain space groups digits in Russian, and where nothing but a number stands; «Chapter 3 100 pages» has two numbers.</summary>
    private readonly bool IsGroupSpace(char c) => NumberNotation.Spaces.Contains(c) && (c != ' ' || groupsByPlainSpace);

    /// <summary>Whether a space has one to three digits before it, and exactly three after it.</summary>
    private readonly bool IsGroup(int start, int place)
    {
        var before = place;
        while (before > start && char.IsAsciiDigit(text[before - 1]))
        {
            before--;
        }

        var after = place + 1;
        while (after < text.Length && after <= place + 4 && char.IsAsciiDigit(text[after]))
        {
            after++;
        }

        var first = before == start;
        return after - place - 1 == 3 && (first ? place - before <= 3 : place - before == 3 && IsGroupSpace(text[before - 1]));
    }

    private double? Parse(int start, int end)
    {
        var digits = NumberNotation.Plain(text[start..end], russian);
        if (digits is null)
        {
            return null;
        }

        digits += Exponent(ref position);
        var negative = IsNegative(start);
        var scale = Scale(ref position);
        return Product(digits, scale) is var value && double.IsFinite(value) ? (negative ? -value : value) : null;
    }

    /// <summary>Exact in decimal where it fits, so that 1.1 million is 1100000.</summary>
    private static double Product(string digits, decimal scale)
    {
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(digits, style, CultureInfo.InvariantCulture, out var exact) && exact is > 0 and < 1_000_000_000_000m
            ? (double)(exact * scale)
            : double.Parse(digits, style, CultureInfo.InvariantCulture) * (double)scale;
    }

    /// <summary>A hyphen after a letter or a digit joins (2015-2016, GPT-4); elsewhere it is a minus.</summary>
    private readonly bool IsNegative(int start) =>
        start > 0 && text[start - 1] is '-' or '\u2212' or '\u2013' && (start == 1 || !char.IsLetterOrDigit(text[start - 2]));

    private readonly string Exponent(ref int end)
    {
        var rest = text[end..];
        if (rest.Length < 2 || rest[0] is not ('e' or 'E'))
        {
            return "";
        }

        var sign = rest[1] is '+' or '-' ? 1 : 0;
        var length = 1 + sign;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]))
        {
            length++;
        }

        if (length == 1 + sign || length > 5 || (length < rest.Length && char.IsLetter(rest[length])))
        {
            return "";
        }

        end += length;
        return rest[..length].ToString();
    }

    /// <summary>What a word of scale right after the number multiplies by: 1 when there is none.</summary>
    private readonly decimal Scale(ref int end)
    {
        var words = new TokenReader(text.Slice(end, Math.Min(text.Length - end, 24)));
        if (!words.Read() || text.Slice(end, words.Start).ContainsAnyExcept(" \u00A0\u202F-") || words.Length > 16)
        {
            return 1;
        }

        Span<char> word = stackalloc char[words.Length];
        var scale = NumberScale.Of(word[..Normalizer.Normalize(words.Token, word)]);
        end += scale > 1 ? words.Start + words.Length : 0;
        return scale;
    }
}
