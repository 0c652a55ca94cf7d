using Assay.Statistics.Samples;

namespace Assay.Statistics.Resampling;

/// <summary>
/// The splits of two arms' values into an arm as large as the first and the rest. Values are taken as deviations from their common mean, which sum
/// to 0: the drawn arm's sum is then the difference of means times a constant, and an offset of the data costs no digits.
/// </summary>
internal sealed class MeanSplits
{
    private readonly double[] deviations;
    private readonly RandomisationCount empty;

    public MeanSplits(ReadOnlySpan<double> drawn, ReadOnlySpan<double> rest, Alternative alternative)
    {
        Drawn = drawn.Length;
        deviations = [.. drawn, .. rest];
        var mean = Moments.Of(deviations).Mean;
        var size = 0.0;
        foreach (ref var value in deviations.AsSpan())
        {
            value -= mean;
            size += Math.Abs(value);
        }

        // A sum of k values is rounded by at most k·2⁻⁵³·Σ|v|, and two sums are compared.
        IsFinite = double.IsFinite(size);
        empty = new RandomisationCount(SumOfDrawn(), Drawn * Math.ScaleB(size, -52), alternative);
    }

    /// <summary>Values in the arm that is drawn.</summary>
    public int Drawn { get; }

    /// <summary>Values of both arms.</summary>
    public int Total => deviations.Length;

    /// <summary>Whether the sums stay in the range of a double.</summary>
    public bool IsFinite { get; }

    /// <summary>The p-value over every split.</summary>
    public PValue CountAll()
    {
        var count = empty;
        var chosen = Enumerable.Range(0, Drawn).ToArray();
        do
        {
            var sum = 0.0;
            foreach (var i in chosen)
            {
                sum += deviations[i];
            }

            count.Add(sum);
        } while (Advance(chosen));

        return count.Exact();
    }

    /// <summary>The p-value over random splits: the first steps of a Fisher-Yates shuffle, from whatever order the last draw left.</summary>
    public PValue CountDrawn(int draws, SeededRandom random)
    {
        var count = empty;
        for (var draw = 0; draw < draws; draw++)
        {
            for (var i = 0; i < Drawn; i++)
            {
                var j = i + random.NextIndex(Total - i);
                (deviations[i], deviations[j]) = (deviations[j], deviations[i]);
            }

            count.Add(SumOfDrawn());
        }

        return count.MonteCarlo();
    }

    private double SumOfDrawn()
    {
        var sum = 0.0;
        foreach (var value in deviations.AsSpan(0, Drawn))
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The next choice in lexicographic order; false after the last.</summary>
    private bool Advance(int[] chosen)
    {
        var i = chosen.Length - 1;
        while (i >= 0 && chosen[i] == Total - chosen.Length + i)
        {
            i--;
        }

        if (i < 0)
        {
            return false;
        }

        chosen[i]++;
        for (i++; i < chosen.Length; i++)
        {
            chosen[i] = chosen[i - 1] + 1;
        }

        return true;
    }
}
