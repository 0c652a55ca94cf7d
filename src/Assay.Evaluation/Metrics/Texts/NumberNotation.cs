using System.Buffers;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>What the separators within a run of digits mean: 1,234.5 in English, 1 234,5 in Russian, and either where the run itself decides.</summary>
internal static class NumberNotation
{
    /// <summary>Spaces that group digits: plain, no-break, narrow no-break, thin.</summary>
    public static readonly SearchValues<char> Spaces = SearchValues.Create(" \u00A0\u202F\u2009");

    private static readonly SearchValues<char> Separators = SearchValues.Create(",. \u00A0\u202F\u2009");

    /// <summary>The digits with a point for the decimal separator and no others; null when the separators make no number (1.2.3, 31.12.2026).</summary>
    /// <param name="run">Digits, with single separators between them.</param>
    /// <param name="russian">Whether a single comma is decimal whatever follows.</param>
    public static string? Plain(ReadOnlySpan<char> run, bool russian)
    {
        var point = DecimalPlace(run, russian);
        var whole = point < 0 ? run : run[..point];
        if (!IsGrouped(whole) || (point >= 0 && (whole.Contains(run[point]) || run[(point + 1)..].ContainsAny(Separators))))
        {
            return null;
        }

        Span<char> digits = stackalloc char[run.Length];
        var length = 0;
        foreach (var c in whole)
        {
            digits[length] = c;
            length += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return point < 0 ? digits[..length].ToString() : $"{digits[..length]}.{run[(point + 1)..]}";
    }

    /// <summary>Where the decimal separator stands; -1 when there is none.</summary>
    private static int DecimalPlace(ReadOnlySpan<char> run, bool russian)
    {
        var last = run.LastIndexOfAny(',', '.');
        if (last < 0)
        {
            return -1;
        }

        var hasOthers = run[..last].ContainsAny(Spaces) || run[..last].Contains(run[last] == ',' ? '.' : ',');
        var isAlone = run.IndexOf(run[last]) == last;
        return hasOthers || (isAlone && (russian || !IsThousands(run, last))) ? last : -1;
    }

    /// <summary>One comma with three digits after it groups thousands: 1,234. Not after a zero: 0,125 is a share.</summary>
    private static bool IsThousands(ReadOnlySpan<char> run, int comma) => run[comma] == ',' && run.Length - comma == 4 && comma <= 3 && run[0] != '0';

    /// <summary>Digits alone, or one to three of them and then groups of exactly three.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> whole)
    {
        var first = whole.IndexOfAny(Separators);
        for (var end = first; end >= 0; end = whole.IndexOfAny(Separators))
        {
            whole = whole[(end + 1)..];
            if (first > 3 || whole.Length < 3 || whole[..3].ContainsAny(Separators) || (whole.Length > 3 && !Separators.Contains(whole[3])))
            {
                return false;
            }
        }

        return true;
    }
}
