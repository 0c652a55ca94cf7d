using System.Text;
using Assay.Flags;
using Assay.Hashing;

namespace Assay.Experimentation.Assignment;

/// <summary>
/// A number drawn for a unit: the same in every process and language, and independent of the draws with another purpose or salt.
/// <c>XXH64(key, seed: XXH64(purpose + ":" + salt))</c>, both texts in UTF-8, of the key the first <see cref="Unit.MaxKeyBytes"/> bytes, a lone
/// surrogate as U+FFFD.
/// </summary>
internal readonly record struct Draw
{
    /// <summary>Shares are told apart in steps of 0.0001 %.</summary>
    public const int Steps = 1_000_000;

    private readonly ulong seed;

    public Draw(DrawPurpose purpose, string salt) => seed = XxHash64.Hash(Encoding.UTF8.GetBytes($"{Word(purpose)}:{salt}"));

    /// <summary>64 bits for a unit's key. Allocates nothing.</summary>
    public ulong Bits(string key) => Unit.Hash(key, seed);

    /// <summary>Where a unit stands from 0 to 999,999: it is among the first 5 % when this is below 50,000.</summary>
    public int Position(string key) => Position(Bits(key));

    /// <summary>The high half of the product: every step holds the same number of hashes to within 1 of 2⁶⁴/10⁶.</summary>
    public static int Position(ulong bits) => (int)Math.BigMul(bits, Steps, out _);

    private static string Word(DrawPurpose purpose) =>
        purpose switch
        {
            DrawPurpose.Rollout => "rollout",
            DrawPurpose.RolloutMiddle => "rollout-middle",
            DrawPurpose.Traffic => "traffic",
            DrawPurpose.Layer => "layer",
            _ => "arm",
        };
}

/// <summary>What is drawn; a draw of one purpose says nothing about another's.</summary>
internal enum DrawPurpose
{
    /// <summary>Whether a unit is in a rollout of a flag.</summary>
    Rollout,

    /// <summary>The third and later variants of a rollout.</summary>
    RolloutMiddle,

    /// <summary>Whether a unit takes part in an experiment.</summary>
    Traffic,

    /// <summary>Where a unit stands in a layer.</summary>
    Layer,

    /// <summary>Which arm it has.</summary>
    Arm,
}
