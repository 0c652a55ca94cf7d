using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Server.Intake;

/// <summary>
/// Gives the same string for the same UTF-8 bytes, so that names which come again and again are held once. Each place of the table holds one
/// string and a newcomer takes its place: bounded, without locks, and a string that lost its place is only made anew.
/// </summary>
/// <param name="make">Makes the string of bytes that are not in the table.</param>
internal sealed class InternTable(Func<ReadOnlySpan<byte>, string> make)
{
    /// <summary>Places; a power of two.</summary>
    public const int Places = 4096;

    /// <summary>Longer texts are seldom the same twice and are not kept, in bytes.</summary>
    public const int LongestKept = 256;

    private readonly Entry?[] entries = new Entry?[Places];

    /// <summary>The string for UTF-8 bytes.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > LongestKept)
        {
            return make(utf8);
        }

        ref var place = ref entries[ByteHash.Of(utf8) & (Places - 1)];
        if (place is { } found && utf8.SequenceEqual(found.Utf8))
        {
            return found.Text;
        }

        var entry = new Entry(utf8.ToArray(), make(utf8));
        place = entry;
        return entry.Text;
    }

    /// <summary>A table of plain text; bytes that are no UTF-8 become U+FFFD.</summary>
    public static InternTable OfText() => new(utf8 => Encoding.UTF8.GetString(utf8));

    private sealed record Entry(byte[] Utf8, string Text);
}

/// <summary>A quick hash for tables in memory; nothing stored depends on it.</summary>
internal static class ByteHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15; // 2^64 divided by the golden ratio: spreads close values (Knuth, TAOCP 3, 6.4)

    public static int Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Odd;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = (System.Numerics.BitOperations.RotateLeft(hash, 5) ^ word) * Odd;
        }

        foreach (var b in bytes[(bytes.Length & ~7)..])
        {
            hash = (System.Numerics.BitOperations.RotateLeft(hash, 5) ^ b) * Odd;
        }

        return (int)(hash >> 33);
    }
}
