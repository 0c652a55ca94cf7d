using System.Runtime.InteropServices;
using Assay.Hashing;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>
/// The words of chrF++: what stands between white space, with one mark of ASCII punctuation at the end, else at the beginning, as a word by itself.
/// </summary>
internal static class SpacedWordKeys
{
    /// <summary>The keys. Linear in the text.</summary>
    public static ulong[] Of(string text, bool ignoreCase)
    {
        var composed = Composition.Compose(text);
        ReadOnlySpan<char> rest = ignoreCase ? composed.ToLowerInvariant() : composed;
        var keys = new List<ulong>();
        while (!(rest = rest.TrimStart()).IsEmpty)
        {
            var length = Length(rest);
            Add(keys, rest[..length]);
            rest = rest[length..];
        }

        return [.. keys];
    }

    private static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !char.IsWhiteSpace(text[length]))
        {
            length++;
        }

        return length;
    }

    private static void Add(List<ulong> keys, ReadOnlySpan<char> word)
    {
        var split =
            word.Length == 1 ? 0
            : IsPunctuation(word[^1]) ? word.Length - 1
            : IsPunctuation(word[0]) ? 1
            : 0;
        if (split > 0)
        {
            keys.Add(Key(word[..split]));
        }

        keys.Add(Key(word[split..]));
    }

    private static bool IsPunctuation(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c));

    private static ulong Key(ReadOnlySpan<char> word) => XxHash64.Hash(MemoryMarshal.AsBytes(word));
}
