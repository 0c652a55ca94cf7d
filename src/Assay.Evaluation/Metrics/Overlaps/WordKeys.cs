using System.Buffers;
using System.Runtime.InteropServices;
using Assay.Hashing;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>The words of a text as 64-bit keys of their normal form or stem, in order. English and Russian words are stemmed each by their rules.</summary>
internal static class WordKeys
{
    // Longer runs of letters are no words of a language: they are compared as they stand.
    private const int MaxWordLength = 128;

    /// <summary>The keys. Linear in the text.</summary>
    public static ulong[] Of(string text, bool stem)
    {
        var composed = Composition.Compose(text);
        // No word is nearer than two characters to the next, but ideographs are.
        var room = ArrayPool<ulong>.Shared.Rent(composed.Length);
        Span<char> word = stackalloc char[MaxWordLength];
        var reader = new TokenReader(composed);
        var count = 0;
        while (reader.Read())
        {
            room[count++] = Key(reader.Token, word, stem);
        }

        var keys = room.AsSpan(0, count).ToArray();
        ArrayPool<ulong>.Shared.Return(room);
        return keys;
    }

    private static ulong Key(ReadOnlySpan<char> token, Span<char> word, bool stem)
    {
        if (token.Length > MaxWordLength)
        {
            return Hash(token);
        }

        var length = Normalizer.Normalize(token, word);
        return Hash(word[..(stem ? Stemming.Stem(word, length) : length)]);
    }

    private static ulong Hash(ReadOnlySpan<char> word) => XxHash64.Hash(MemoryMarshal.AsBytes(word));
}
