using Assay.Flags;

namespace Assay.Stores;

/// <summary>
/// A unit as it is stored: 64 bits of a hash instead of a user's id, the same in every process. Two of ten million units share one with a probability
/// of 3·10⁻⁶ (n²/2⁶⁵).
/// </summary>
public static class UnitId
{
    /// <summary>Apart from the hashes that assign, so that one says nothing about the other. The letters "unit_id1".</summary>
    private const ulong Seed = 0x756E69745F696431;

    /// <summary>The stored form of a unit's key, of which the first <see cref="Unit.MaxKeyBytes"/> bytes count. Allocates nothing.</summary>
    public static long Of(string key) => unchecked((long)Unit.Hash(key, Seed));
}
