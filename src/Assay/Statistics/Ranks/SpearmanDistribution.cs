namespace Assay.Statistics.Ranks;

/// <summary>
/// The exact distribution of Σ i·π(i) over all n! orders π of the ranks 1 to n, counted over sets of used ranks (2ⁿ sets instead of n! orders).
/// Spearman's correlation rises with the sum. Without ties only.
/// </summary>
internal static class SpearmanDistribution
{
    /// <summary>The most values whose orders are counted: 9! = 362,880.</summary>
    public const int MaxCount = 9;

    /// <summary>P(Σ i·π(i) ≥ <paramref name="sum"/>) for <paramref name="count"/> values.</summary>
    public static double Upper(int count, int sum)
    {
        var orders = Orders(count);
        var (above, all) = (0L, 0L);
        for (var s = 0; s < orders.Length; s++)
        {
            all += orders[s];
            above += s >= sum ? orders[s] : 0;
        }

        return above / (double)all;
    }

    /// <summary>How many orders have each sum.</summary>
    private static long[] Orders(int count)
    {
        var most = count * (count + 1) * ((2 * count) + 1) / 6;
        var used = new long[1 << count][];
        used[0] = new long[most + 1];
        used[0][0] = 1;
        for (var set = 1; set < used.Length; set++)
        {
            used[set] = new long[most + 1];
            var place = int.PopCount(set);
            for (var rank = 1; rank <= count; rank++)
            {
                if ((set & (1 << (rank - 1))) != 0)
                {
                    Add(used[set & ~(1 << (rank - 1))], used[set], place * rank);
                }
            }
        }

        return used[^1];
    }

    private static void Add(long[] from, long[] to, int shift)
    {
        for (var s = shift; s < to.Length; s++)
        {
            to[s] += from[s - shift];
        }
    }
}
