namespace Assay.Statistics.Ranks;

/// <summary>What a walk through the differences found at a value.</summary>
/// <param name="AtMost">Differences at most the value.</param>
/// <param name="Floor">The largest of them.</param>
/// <param name="Ceiling">The smallest difference above the value.</param>
internal readonly record struct RankCut(long AtMost, double Floor, double Ceiling);

/// <summary>
/// Two differences between which the difference of a rank lies, drawn together by regula falsi on the rank (the Illinois variant: Dowell,
/// Jarratt, BIT 11, 1971). A step that did not halve what is inside is followed by one that halves the doubles in between, so that
/// heavy tails and far outliers cost at most some 130 steps; data of ordinary shape take about ten.
/// </summary>
internal struct RankBracket(long rank, double low, double high, long count)
{
    private double lowWeight = 1;
    private double highWeight = 1;
    private Side moved;
    private bool stalled;

    private enum Side
    {
        None,
        Low,
        High,
    }

    public readonly long Rank => rank;

    /// <summary>A difference, at most the one sought.</summary>
    public double Low { get; private set; } = low;

    /// <summary>A difference, at least the one sought.</summary>
    public double High { get; private set; } = high;

    /// <summary>Differences below <see cref="Low"/>.</summary>
    public long Below { get; private set; }

    /// <summary>Differences from <see cref="Low"/> to <see cref="High"/>.</summary>
    public long Inside { get; private set; } = count;

    /// <summary>A value from <see cref="Low"/> to just under <see cref="High"/>.</summary>
    public readonly double Pivot()
    {
        var toLow = (rank - Below - 0.5) * lowWeight;
        var toHigh = (Below + Inside - rank + 0.5) * highWeight;
        var pivot = Low + ((High - Low) * (toLow / (toLow + toHigh)));
        return !stalled && pivot >= Low && pivot < High ? pivot : Halfway(Low, High);
    }

    /// <summary>Takes in what was found at the pivot.</summary>
    public void Narrow(RankCut cut)
    {
        var before = Inside;
        if (cut.AtMost >= rank)
        {
            (High, Inside) = (cut.Floor, cut.AtMost - Below);
            (lowWeight, highWeight, moved) = (moved == Side.High ? lowWeight / 2 : 1, 1, Side.High);
        }
        else
        {
            (Low, Inside, Below) = (cut.Ceiling, Below + Inside - cut.AtMost, cut.AtMost);
            (highWeight, lowWeight, moved) = (moved == Side.Low ? highWeight / 2 : 1, 1, Side.Low);
        }

        stalled = !stalled && Inside > before / 2;
    }

    /// <summary>The double in the middle of all doubles from low to high, below high.</summary>
    private static double Halfway(double low, double high)
    {
        var (a, b) = (Order(low), Order(high));
        return FromOrder(a + (long)((ulong)(b - a) / 2));
    }

    /// <summary>Whole numbers in the order of the doubles, both zeros at 0.</summary>
    private static long Order(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double FromOrder(long order) => BitConverter.Int64BitsToDouble(order >= 0 ? order : long.MinValue - order);
}
