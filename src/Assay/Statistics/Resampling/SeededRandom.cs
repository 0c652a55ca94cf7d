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
        s0 = Split(ref state);
        s1 = Split(ref state);
        s2 = Split(ref state);
        s3 = Split(ref state);
    }

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

    /// <summary>0 ≤ i &lt; <paramref name="count"/>, without bias that could be seen: the fraction of 2⁶⁴ (Lemire 2019, without rejection, off by less than count·2⁻⁶⁴).</summary>
    public int NextIndex(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
