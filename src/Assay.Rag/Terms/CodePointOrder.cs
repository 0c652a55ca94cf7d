using System.Text;

namespace Assay.Rag.Terms;

/// <summary>
/// The order of code points, which is that of UTF-8 bytes. Comparing UTF-16 differs from it: the halves of a letter beyond U+FFFF sort before U+E000 to U+FFFF there.
/// </summary>
internal static class CodePointOrder
{
    public static readonly IComparer<string> Comparer = Comparer<string>.Create((a, b) => Compare(a, b));

    public static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var same = a.CommonPrefixLength(b);
        if (same > 0 && char.IsHighSurrogate(a[same - 1]))
        {
            same--;
        }

        for (a = a[same..], b = b[same..]; !a.IsEmpty && !b.IsEmpty; )
        {
            Rune.DecodeFromUtf16(a, out var left, out var leftLength);
            Rune.DecodeFromUtf16(b, out var right, out var rightLength);
            if (left != right)
            {
                return left.CompareTo(right);
            }

            a = a[leftLength..];
            b = b[rightLength..];
        }

        return a.Length.CompareTo(b.Length);
    }
}
