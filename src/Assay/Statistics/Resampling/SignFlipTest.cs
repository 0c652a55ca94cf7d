namespace Assay.Statistics.Resampling;

/// <summary>
/// A paired randomisation test of the mean difference: under the null hypothesis the sign of each pair's difference is a coin toss
/// (Fisher, The Design of Experiments, 1935; for retrieval: Smucker, Allan, Carterette, CIKM 2007). Two-sided, by seeded Monte Carlo.
/// </summary>
public static class SignFlipTest
{
    /// <summary>The p-value (b + 1)/(m + 1), with b the draws at least as extreme as what was seen among m; 1 when there are no pairs.</summary>
    /// <param name="differences">Treatment − control for each pair.</param>
    /// <param name="draws">Number of draws; the smallest possible p-value is 1/(draws + 1).</param>
    /// <param name="seed">Seed of the draws.</param>
    public static double PValue(ReadOnlySpan<double> differences, int draws, long seed)
    {
        if (differences.IsEmpty)
        {
            return 1;
        }

        var seen = 0.0;
        foreach (var difference in differences)
        {
            seen += difference;
        }

        // A draw that equals what was seen up to rounding is as extreme.
        var threshold = Math.Abs(seen) - 1e-12;
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        var extreme = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            extreme += Math.Abs(Flipped(differences, random)) >= threshold ? 1 : 0;
        }

        return (extreme + 1.0) / (draws + 1.0);
    }

    private static double Flipped(ReadOnlySpan<double> differences, Random random)
    {
        var sum = 0.0;
        var bits = 0L;
        for (var i = 0; i < differences.Length; i++)
        {
            bits = i % 62 == 0 ? random.NextInt64() : bits >> 1;
            sum += (bits & 1) == 0 ? differences[i] : -differences[i];
        }

        return sum;
    }
}
