namespace Assay.Statistics.Resampling;

/// <summary>The sums of differences with every choice of their signs.</summary>
internal sealed class SignFlips
{
    private readonly double[] differences;
    private readonly RandomisationCount empty;

    public SignFlips(ReadOnlySpan<double> differences, Alternative alternative)
    {
        this.differences = Array.FindAll(differences.ToArray(), difference => difference != 0);
        var (seen, size) = (0.0, 0.0);
        foreach (var difference in this.differences)
        {
            seen += difference;
            size += Math.Abs(difference);
        }

        // A sum of n values is rounded by at most n·2⁻⁵³·Σ|d|, and two sums are compared.
        IsFinite = double.IsFinite(size);
        empty = new RandomisationCount(seen, Count * Math.ScaleB(size, -52), alternative);
    }

    /// <summary>Differences that are not 0.</summary>
    public int Count => differences.Length;

    /// <summary>Choices of signs; more than any number of draws from 62 differences on.</summary>
    public long All => 1L << Math.Min(Count, 62);

    /// <summary>Whether the sums stay in the range of a double.</summary>
    public bool IsFinite { get; }

    /// <summary>The p-value over every choice.</summary>
    public PValue CountAll()
    {
        var count = empty;
        for (var signs = 0UL; signs < (ulong)All; signs++)
        {
            count.Add(Flipped(0, signs));
        }

        return count.Exact();
    }

    /// <summary>The p-value over random choices, 64 signs from each random number.</summary>
    public PValue CountDrawn(int draws, SeededRandom random)
    {
        var count = empty;
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = 0.0;
            for (var from = 0; from < Count; from += 64)
            {
                sum += Flipped(from, random.NextBits());
            }

            count.Add(sum);
        }

        return count.MonteCarlo();
    }

    /// <summary>The sum of up to 64 differences, each with the sign of its bit.</summary>
    private double Flipped(int from, ulong signs)
    {
        var sum = 0.0;
        foreach (var difference in differences.AsSpan(from, Math.Min(64, Count - from)))
        {
            sum += (signs & 1) == 0 ? difference : -difference;
            signs >>= 1;
        }

        return sum;
    }
}
