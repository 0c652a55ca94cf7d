using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tables;

/// <summary>The 2 × 2 tables with given totals, each known by its count of successes among the draws: hypergeometric when rows and columns are independent.</summary>
internal readonly record struct RareTables(long Draws, long Successes, long Population)
{
    // Masses that differ by a smaller share than this count as equal: rounding must not part tables that are equally likely.
    private const double Equal = 1e-7;

    /// <summary>The likeliest count; the larger when two are.</summary>
    private long Mode => (long)(((Int128)Draws + 1) * ((Int128)Successes + 1) / ((Int128)Population + 2));

    /// <summary>
    /// ln of the probability of all tables not likelier than the one with this count: its own tail, and the other tail from the first table on
    /// that is as rare, which bisection finds because masses fall on both sides of the mode.
    /// </summary>
    public double LogAsRare(long seen)
    {
        var bound = LogMass(seen) + Equal;
        if (LogMass(Mode) <= bound)
        {
            return 0;
        }

        return seen < Mode ? LogSum(LogAtMost(seen), LogAtLeast(FirstAbove(bound))) : LogSum(LogAtLeast(seen), LogAtMost(LastBelow(bound)));
    }

    /// <summary>ln P(count ≥ k).</summary>
    public double LogAtLeast(long k) => Hypergeometric.LogUpper(k - 1, Draws, Successes, Population);

    /// <summary>ln P(count ≤ k).</summary>
    public double LogAtMost(long k) => Hypergeometric.LogLower(k, Draws, Successes, Population);

    private double LogMass(long k) => Hypergeometric.LogMass(k, Draws, Successes, Population);

    /// <summary>The least count above the mode with a mass of at most the bound.</summary>
    private long FirstAbove(double bound)
    {
        var (likelier, rare) = (Mode, Hypergeometric.Most(Draws, Successes, Population) + 1);
        while (rare - likelier > 1)
        {
            var middle = likelier + ((rare - likelier) / 2);
            (likelier, rare) = LogMass(middle) > bound ? (middle, rare) : (likelier, middle);
        }

        return rare;
    }

    /// <summary>The greatest count below the mode with a mass of at most the bound.</summary>
    private long LastBelow(double bound)
    {
        var (rare, likelier) = (Hypergeometric.Least(Draws, Successes, Population) - 1, Mode);
        while (likelier - rare > 1)
        {
            var middle = rare + ((likelier - rare) / 2);
            (rare, likelier) = LogMass(middle) > bound ? (rare, middle) : (middle, likelier);
        }

        return rare;
    }

    private static double LogSum(double a, double b) => Math.Max(a, b) + NearOne.Log(Math.Exp(-Math.Abs(a - b)));
}
