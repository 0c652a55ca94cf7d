namespace Assay.Statistics.Resampling;

/// <summary>
/// Counts arrangements whose statistic is at least as extreme as what was seen. Values that differ by no more than rounding count as equal:
/// the tolerance is relative to the values, so that the test gives the same p-value in any unit.
/// </summary>
internal struct RandomisationCount(double seen, double tolerance, Alternative alternative)
{
    private readonly double bound = Size(seen, alternative) - tolerance;

    /// <summary>Arrangements looked at.</summary>
    public long All { get; private set; }

    /// <summary>Those at least as extreme.</summary>
    public long Extreme { get; private set; }

    public void Add(double statistic)
    {
        All++;
        Extreme += Size(statistic, alternative) >= bound ? 1 : 0;
    }

    /// <summary>The share of all arrangements, the one seen among them.</summary>
    public readonly PValue Exact() => PValue.From(Extreme / (double)All);

    /// <summary>(b + 1)/(m + 1), which is never 0 (Phipson, Smyth, "Permutation p-values should never be zero", 2010).</summary>
    public readonly PValue MonteCarlo() => PValue.From((Extreme + 1.0) / (All + 1.0));

    private static double Size(double statistic, Alternative alternative) =>
        alternative switch
        {
            Alternative.Greater => statistic,
            Alternative.Less => -statistic,
            _ => Math.Abs(statistic),
        };
}
