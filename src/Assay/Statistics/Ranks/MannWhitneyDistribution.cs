using System.Numerics;

namespace Assay.Statistics.Ranks;

/// <summary>
/// The exact distribution of U without ties, when every order of the values is equally likely. The largest value belongs to the treatment
/// with probability j/(i + j) and then beats all i controls (Mann, Whitney, "On a test of whether one of two random variables is
/// stochastically larger than the other", 1947, eq. 1, divided by the number of orders). All terms are positive: nothing cancels.
/// </summary>
internal sealed class MannWhitneyDistribution
{
    /// <summary>The most pairs n·m that are counted exactly: 20 million additions (5 to 10 ms) and 4 MB at the worst.</summary>
    public const long MaxPairs = 10_000;

    private readonly long pairs;

    /// <summary>P(U ≤ k) for k up to half the pairs; the other half mirrors it.</summary>
    private readonly double[] lower;

    public MannWhitneyDistribution(int controls, int treatments)
    {
        pairs = (long)controls * treatments;
        lower = Masses(Math.Min(controls, treatments), Math.Max(controls, treatments), (int)(pairs / 2));
        for (var k = 1; k < lower.Length; k++)
        {
            lower[k] += lower[k - 1];
        }
    }

    /// <summary>P(U ≤ k).</summary>
    public double Lower(long k) =>
        k < 0 ? 0
        : k < lower.Length ? lower[k]
        : 1 - Lower(pairs - k - 1);

    /// <summary>The largest r with P(U &lt; r) ≤ <paramref name="tail"/>, for a tail below one half; 0 when even P(U = 0) is larger.</summary>
    public long Rank(double tail)
    {
        // Sums that equal the tail up to their rounding count as equal: P(U = 0) is exactly 0.05 for 3 and 3.
        var bound = tail * (1 + 1e-12);
        var rank = 0;
        while (rank < lower.Length && lower[rank] <= bound)
        {
            rank++;
        }

        return rank;
    }

    private static double[] Masses(int few, int many, int last)
    {
        var rows = new double[few + 1][];
        for (var i = 0; i <= few; i++)
        {
            rows[i] = new double[last + 1];
            rows[i][0] = 1;
        }

        for (var j = 1; j <= many; j++)
        {
            for (var i = 1; i <= few; i++)
            {
                Step(rows[i], rows[i - 1], i, j, (int)Math.Min((long)i * j, last));
            }
        }

        return rows[few];
    }

    /// <summary>From (i, j − 1) to (i, j) in place; <paramref name="fewer"/> is (i − 1, j).</summary>
    private static void Step(double[] row, double[] fewer, int i, int j, int last)
    {
        var (beats, loses) = (j / (double)(i + j), i / (double)(i + j));
        var k = last;

        // Downwards, several at once: what is read lies below what was written.
        for (; k - Vector<double>.Count + 1 >= i; k -= Vector<double>.Count)
        {
            var from = k - Vector<double>.Count + 1;
            ((new Vector<double>(row, from - i) * beats) + (new Vector<double>(fewer, from) * loses)).CopyTo(row, from);
        }

        for (; k >= i; k--)
        {
            row[k] = (beats * row[k - i]) + (loses * fewer[k]);
        }

        for (; k >= 0; k--)
        {
            row[k] = loses * fewer[k];
        }
    }
}
