using System.Buffers;
using System.Numerics;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>Counts keys: open addressing in rented arrays, at most half full. Dispose gives them back.</summary>
internal ref struct GramTable
{
    private const ulong Golden = 0x9E3779B97F4A7C15; // 2⁶⁴ / golden ratio: spreads neighbouring keys (Knuth, TAOCP 3, 6.4)

    private readonly ulong[] keys;
    private readonly int[] counts;
    private int bits;

    /// <summary>A table with room for keys.</summary>
    /// <param name="most">The most keys that will be in it.</param>
    public GramTable(int most)
    {
        bits = BitsFor(most);
        keys = ArrayPool<ulong>.Shared.Rent(1 << bits);
        counts = ArrayPool<int>.Shared.Rent(1 << bits);
    }

    /// <summary>Empties the table, and fills it anew.</summary>
    public void Fill(ReadOnlySpan<ulong> grams)
    {
        bits = BitsFor(grams.Length);
        Array.Clear(counts, 0, 1 << bits);
        foreach (var gram in grams)
        {
            var place = Place(gram);
            keys[place] = gram;
            // A key stays in its place when all of it is taken: −1 more than its count marks a place that was never used.
            counts[place] = counts[place] == 0 ? 2 : counts[place] + 1;
        }
    }

    /// <summary>How many of the grams are in the table, each taken out when found.</summary>
    public readonly int Take(ReadOnlySpan<ulong> grams)
    {
        var taken = 0;
        foreach (var gram in grams)
        {
            ref var count = ref counts[Place(gram)];
            if (count > 1)
            {
                count--;
                taken++;
            }
        }

        return taken;
    }

    /// <summary>Gives the arrays back.</summary>
    public readonly void Dispose()
    {
        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(counts);
    }

    private static int BitsFor(int keys) => BitOperations.Log2((uint)Math.Max(4, keys)) + 2;

    private readonly int Place(ulong key)
    {
        var place = (int)((key * Golden) >> (64 - bits));
        while (counts[place] != 0 && keys[place] != key)
        {
            place = (place + 1) & ((1 << bits) - 1);
        }

        return place;
    }
}
