using Assay.Statistics.Samples;

namespace Assay.Statistics.Resampling;

/// <summary>How a statistic moves when values are left out, and the acceleration of a bootstrap interval that follows.</summary>
internal static class Jackknife
{
    /// <summary>
    /// Samples above this size are left out in this many groups (of every 1,000th value), so that the cost stays at 1,000 times the sample.
    /// The acceleration estimated is the same one, for second and third moments of sums over groups add up (grouped jackknife: Shao, Tu,
    /// The Jackknife and Bootstrap, 1995, ch. 2.3).
    /// </summary>
    public const int MaxGroups = 1_000;

    /// <summary>For each group of the sample (n − 1)/n·(mean − statistic without the group), n being the number of groups.</summary>
    public static double[] Influences(ReadOnlySpan<double> sample, SampleStatistic statistic)
    {
        var influences = new double[Math.Min(sample.Length, MaxGroups)];
        var rest = new double[sample.Length];
        for (var group = 0; group < influences.Length; group++)
        {
            influences[group] = statistic(rest.AsSpan(0, LeaveOut(sample, group, influences.Length, rest)));
        }

        var mean = Moments.Of(influences).Mean;
        var weight = (influences.Length - 1.0) / influences.Length;
        foreach (ref var influence in influences.AsSpan())
        {
            influence = weight * (mean - influence);
        }

        return influences;
    }

    /// <summary>
    /// a = Σ u³ / (6·(Σ u²)^1.5) over the influences u (Efron 1987, eq. 6.6; of two arms together: Davison, Hinkley, Bootstrap Methods and their
    /// Application, 1997, ch. 5.3). 0 when leaving values out moves nothing, which leaves the interval with its bias correction alone.
    /// </summary>
    public static double Acceleration(ReadOnlySpan<double> influences)
    {
        var largest = 0.0;
        foreach (var u in influences)
        {
            largest = Math.Max(largest, Math.Abs(u));
        }

        if (largest == 0)
        {
            return 0;
        }

        // Relative to the largest, so that no unit makes a cube leave the range of a double.
        var (squares, cubes) = (0.0, 0.0);
        foreach (var u in influences)
        {
            var share = u / largest;
            squares += share * share;
            cubes += share * share * share;
        }

        return cubes / (6 * squares * Math.Sqrt(squares));
    }

    /// <summary>Copies the values that are not in the group; tells how many.</summary>
    private static int LeaveOut(ReadOnlySpan<double> sample, int group, int groups, double[] rest)
    {
        var count = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            if (i % groups != group)
            {
                rest[count++] = sample[i];
            }
        }

        return count;
    }
}
