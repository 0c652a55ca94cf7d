using Assay.Statistics.Samples;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>Moments of pairs as they come, a block at a time.</summary>
internal sealed class PairTally
{
    /// <summary>Small, as there is one for each metric and variant; merging a block costs little beside it.</summary>
    public const int Block = 256;

    private readonly double[] x = new double[Block];
    private readonly double[] y = new double[Block];
    private PairMoments before;
    private int filled;

    public void Add(double first, double second)
    {
        if (filled == Block)
        {
            before = ToMoments();
            filled = 0;
        }

        (x[filled], y[filled]) = (first, second);
        filled++;
    }

    public PairMoments ToMoments() => PairMoments.Merge(before, PairMoments.Of(x.AsSpan(0, filled), y.AsSpan(0, filled)));
}

/// <summary>The same for single values.</summary>
internal sealed class MeanTally
{
    private readonly double[] values = new double[PairTally.Block];
    private Moments before;
    private int filled;

    public void Add(double value)
    {
        if (filled == values.Length)
        {
            before = ToMoments();
            filled = 0;
        }

        values[filled++] = value;
    }

    public Moments ToMoments() => Moments.Merge(before, Moments.Of(values.AsSpan(0, filled)));
}
