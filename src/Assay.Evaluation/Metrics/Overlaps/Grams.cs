using System.Buffers;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>
/// Compares runs of units (words, characters) by 64-bit keys. Two different runs share a key with a probability of about 2⁻⁶⁴, which for two
/// texts of a megabyte is one wrong count in ten million comparisons. Linear in both texts.
/// </summary>
internal static class Grams
{
    private const ulong Odd = 0xD6E8FEB86659FD93; // any odd number without pattern; this one is a multiplier of published mixers

    /// <summary>The overlap of runs of 1, 2, … units.</summary>
    /// <param name="answer">A key for each unit of the answer.</param>
    /// <param name="expected">A key for each unit of the expected answer.</param>
    /// <param name="byOrder">Receives the overlap of each length.</param>
    public static void Compare(ReadOnlySpan<ulong> answer, ReadOnlySpan<ulong> expected, Span<Overlap> byOrder)
    {
        using var table = new GramTable(expected.Length);
        var answerKeys = ArrayPool<ulong>.Shared.Rent(answer.Length);
        var expectedKeys = ArrayPool<ulong>.Shared.Rent(expected.Length);
        for (var order = 1; order <= byOrder.Length; order++)
        {
            var of = Extend(answerKeys, answer, order);
            var wanted = Extend(expectedKeys, expected, order);
            table.Fill(wanted);
            byOrder[order - 1] = new Overlap(table.Take(of), of.Length, wanted.Length);
        }

        ArrayPool<ulong>.Shared.Return(answerKeys);
        ArrayPool<ulong>.Shared.Return(expectedKeys);
    }

    /// <summary>Makes the keys of runs of <paramref name="order"/> units from those of runs one shorter.</summary>
    private static ReadOnlySpan<ulong> Extend(ulong[] keys, ReadOnlySpan<ulong> units, int order)
    {
        if (order == 1)
        {
            units.CopyTo(keys);
            return keys.AsSpan(0, units.Length);
        }

        var count = Math.Max(0, units.Length - order + 1);
        for (var i = 0; i < count; i++)
        {
            keys[i] = (keys[i] * Odd) + units[i + order - 1];
        }

        return keys.AsSpan(0, count);
    }
}
