using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Assay.Hashing;

namespace Assay.Flags;

/// <summary>
/// Whom a flag or an experiment decides for: a user, a tenant, a session. Making one allocates nothing, so that it can be made per request.
/// </summary>
/// <param name="key">What stays the same for the unit, such as a user's id: any text, at most <see cref="MaxKeyBytes"/> in UTF-8 (a longer one is cut there). Empty when unknown.</param>
/// <param name="attributes">What rules may ask about it; none when left out.</param>
public readonly struct Unit(string key, UnitAttributes? attributes = null)
{
    /// <summary>The longest key that counts, in bytes of UTF-8: what comes after is not looked at, so that a hostile id costs no more than a long one.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>What stays the same for the unit; never null.</summary>
    public string Key => key ?? "";

    /// <summary>What rules may ask about it; never null.</summary>
    public UnitAttributes Attributes => attributes ?? UnitAttributes.None;

    /// <summary>A unit without attributes.</summary>
    public static implicit operator Unit(string key) => new(key);

    /// <summary>
    /// A key as 64 bits: XXH64 of its first <see cref="MaxKeyBytes"/> bytes in UTF-8. Everything that draws for a unit or stores it counts these bytes and no
    /// others. Allocates nothing.
    /// </summary>
    [SkipLocalsInit]
    internal static ulong Hash(string key, ulong seed)
    {
        Span<byte> bytes = stackalloc byte[MaxKeyBytes];
        // Stops before a character that has no room, and writes what is no character as U+FFFD: as an encoder does, without making one.
        Utf8.FromUtf16(key, bytes, out _, out var written);
        return XxHash64.Hash(bytes[..written], seed);
    }
}
