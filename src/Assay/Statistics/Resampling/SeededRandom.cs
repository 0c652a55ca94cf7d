using System.Numerics;

namespace Assay.Statistics.Resampling;

/// <summary>
/// Random numbers from a seed: xoshiro256** (Blackman, Vigna, "Scrambled linear pseudorandom number generators", 2021) started by SplitMix64.
/// The same seed gives the same numbers on every machine and version.
/// </summary>
internal sealed class SeededRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    public SeededRandom(long seed)
    {
        var state = unchecked((ulong)seed);
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>Goes on from a state that is not all zeros.</summary>
    public SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3) => (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>0 ≤ u &lt; 1, in steps of 2⁻⁵³.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>0 ≤ i &lt; <paramref name="count"/>, each equally likely (Lemire, "Fast random integer generation in an interval", 2019).</summary>
    public int NextIndex(int count)
    {
        var high = Math.BigMul(NextBits(), (ulong)count, out var low);
        if (low < (ulong)count)
        {
            // 2⁶⁴ mod count: the draws that would make the first indices more likely.
            var excess = (0 - (ulong)count) % (ulong)count;
            while (low < excess)
            {
                high = Math.BigMul(NextBits(), (ulong)count, out low);
            }
        }

        return (int)high;
    }

    /// <summary>A standard normal value (Marsaglia, Bray, "A convenient method for generating normal variables", 1964: the polar method, one value of each pair).</summary>
    public double NextNormal()
    {
        while (true)
        {
            var (u, v) = ((2 * NextUnit()) - 1, (2 * NextUnit()) - 1);
            var square = (u * u) + (v * v);
            if (square is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(square) / square);
            }
        }
    }

    /// <summary>The next of Steele's, Lea's and Flood's SplitMix64 (2014), which spreads a seed over a state.</summary>
    internal static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
