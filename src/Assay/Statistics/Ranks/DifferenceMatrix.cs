namespace Assay.Statistics.Ranks;

/// <summary>
/// The n·m differences treatment − control of two sorted arms, a matrix with sorted rows and columns that is never written down.
/// Rounding keeps that order, so a selection equals the same element of the sorted list of all rounded differences, to the last bit.
/// </summary>
/// <param name="control">Sorted, finite, not empty.</param>
/// <param name="treatment">Sorted, finite, not empty.</param>
/// <param name="gathered">Once so few differences are left they are written down and sorted; by default when that costs about as much as a few more walks.</param>
internal sealed class DifferenceMatrix(double[] control, double[] treatment, int? gathered = null)
{
    private readonly long mostGathered = gathered ?? Math.Min(65_536, 4L * (control.Length + treatment.Length));

    public long Count => (long)control.Length * treatment.Length;

    /// <summary>How often the matrix was walked through, n + m steps each.</summary>
    public int Walks { get; private set; }

    /// <summary>The middle difference, or the mean of the two middle ones.</summary>
    public double Median()
    {
        var rank = (Count + 1) / 2;
        var lower = Select(rank);
        return Count % 2 == 1 ? lower : (lower + Next(lower, rank + 1)) / 2;
    }

    /// <summary>The difference of a rank, 1 to <see cref="Count"/>.</summary>
    public double Select(long rank)
    {
        var bracket = new RankBracket(rank, treatment[0] - control[^1], treatment[^1] - control[0], Count);
        while (bracket.Low < bracket.High)
        {
            if (bracket.Inside <= mostGathered)
            {
                return Gather(bracket);
            }

            bracket.Narrow(CutAt(bracket.Pivot()));
        }

        // Adding 0 turns −0, the difference of −0 and 0, into 0.
        return bracket.High + 0.0;
    }

    /// <summary>The difference of the rank after the one that <paramref name="value"/> has.</summary>
    private double Next(double value, long rank)
    {
        var cut = CutAt(value);
        return cut.AtMost >= rank ? value : cut.Ceiling;
    }

    private RankCut CutAt(double value)
    {
        Walks++;
        var (atMost, floor, ceiling) = (0L, double.NegativeInfinity, double.PositiveInfinity);
        var j = 0;
        foreach (var c in control)
        {
            while (j < treatment.Length && treatment[j] - c <= value)
            {
                j++;
            }

            atMost += j;
            if (j > 0 && treatment[j - 1] - c > floor)
            {
                floor = treatment[j - 1] - c;
            }

            if (j < treatment.Length && treatment[j] - c < ceiling)
            {
                ceiling = treatment[j] - c;
            }
        }

        return new RankCut(atMost, floor, ceiling);
    }

    private double Gather(in RankBracket bracket)
    {
        Walks++;
        var inside = new double[bracket.Inside];
        var (count, start) = (0, 0);
        foreach (var c in control)
        {
            while (start < treatment.Length && treatment[start] - c < bracket.Low)
            {
                start++;
            }

            for (var j = start; j < treatment.Length && treatment[j] - c <= bracket.High; j++)
            {
                inside[count++] = treatment[j] - c;
            }
        }

        Array.Sort(inside);
        return inside[bracket.Rank - bracket.Below - 1] + 0.0;
    }
}
