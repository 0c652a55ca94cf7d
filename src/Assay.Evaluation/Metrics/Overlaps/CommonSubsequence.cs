using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>
/// The length of the longest common subsequence of two texts, 64 words of one at a time against each word of the other
/// (the bit-vector recurrence of Hyyrö 2004, in strips with a carry for each word of the other text, so that memory stays linear).
/// </summary>
internal static class CommonSubsequence
{
    /// <summary>Words of each text that are compared, the first ones: 100,000 × 100,000 / 64 steps take well under a second.</summary>
    public const int MaxWords = 100_000;

    /// <summary>The length, at least; exact when no text is longer than <see cref="MaxWords"/>.</summary>
    public static int Length(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
    {
        first = first[..Math.Min(first.Length, MaxWords)];
        second = second[..Math.Min(second.Length, MaxWords)];
        return first.Length <= second.Length ? Strips(first, second) : Strips(second, first);
    }

    private static int Strips(ReadOnlySpan<ulong> pattern, ReadOnlySpan<ulong> text)
    {
        var numbers = new Dictionary<ulong, int>(pattern.Length);
        var patternNumbers = Number(pattern, numbers, isNew: true);
        var textNumbers = Number(text, numbers, isNew: false);
        var masks = ArrayPool<ulong>.Shared.Rent(numbers.Count + 1);
        Array.Clear(masks, 0, numbers.Count);
        var carries = new byte[textNumbers.Count];
        var length = 0;
        for (var start = 0; start < patternNumbers.Count; start += 64)
        {
            var strip = CollectionsMarshal.AsSpan(patternNumbers)[start..Math.Min(start + 64, patternNumbers.Count)];
            length += Strip(strip, CollectionsMarshal.AsSpan(textNumbers), masks, carries);
        }

        ArrayPool<ulong>.Shared.Return(masks);
        return length;
    }

    /// <summary>Words as small numbers; words of the text that the pattern has not are left out: they are in no common subsequence.</summary>
    private static List<int> Number(ReadOnlySpan<ulong> words, Dictionary<ulong, int> numbers, bool isNew)
    {
        var numbered = new List<int>(words.Length);
        foreach (var word in words)
        {
            if (numbers.TryGetValue(word, out var number))
            {
                numbered.Add(number);
            }
            else if (isNew)
            {
                numbers.Add(word, numbers.Count);
                numbered.Add(numbers.Count - 1);
            }
        }

        return numbered;
    }

    /// <summary>How many words of one strip are in the subsequence: the zeros of the vector after the whole text.</summary>
    private static int Strip(ReadOnlySpan<int> pattern, ReadOnlySpan<int> text, ulong[] masks, Span<byte> carries)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            masks[pattern[i]] |= 1UL << i;
        }

        var vector = ulong.MaxValue;
        for (var j = 0; j < text.Length; j++)
        {
            var matching = vector & masks[text[j]];
            var sum = vector + matching;
            var carried = sum + carries[j];
            carries[j] = (byte)((sum < vector ? 1 : 0) | (carried < sum ? 1 : 0));
            vector = carried | (vector & ~matching);
        }

        foreach (var number in pattern)
        {
            masks[number] = 0;
        }

        return BitOperations.PopCount(~vector & (ulong.MaxValue >> (64 - pattern.Length)));
    }
}
