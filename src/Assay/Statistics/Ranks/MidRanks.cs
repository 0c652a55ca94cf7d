namespace Assay.Statistics.Ranks;

/// <summary>Ranks from 1; equal values share the mean of their ranks.</summary>
internal sealed class MidRanks
{
    private MidRanks(double[] ranks, double logTies, bool tied) => (Ranks, LogTies, Tied) = (ranks, logTies, tied);

    /// <summary>The rank of each value, in the order of the values.</summary>
    public double[] Ranks { get; }

    /// <summary>ln Π t! over the groups of t equal values: the logarithm of how many orders of the values look the same.</summary>
    public double LogTies { get; }

    /// <summary>Whether two values are equal.</summary>
    public bool Tied { get; }

    public static MidRanks Of(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        return Of(sorted, order);
    }

    private static MidRanks Of(double[] sorted, int[] order)
    {
        var (ranks, logTies, tied) = (new double[sorted.Length], 0.0, false);
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
                tied = true;
                logTies += Math.Log(to - from);
            }

            // The ranks from + 1 to to.
            var rank = (from + 1.0 + to) / 2;
            foreach (var i in order.AsSpan(from, to - from))
            {
                ranks[i] = rank;
            }
        }

        return new MidRanks(ranks, logTies, tied);
    }
}
