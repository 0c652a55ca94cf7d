using System.Buffers.Binary;
using System.Numerics;

namespace Assay.Hashing;

/// <summary>
/// XXH64, a fast hash that is the same on every machine and in every process; no protection against an adversary.
/// Source: the xxHash specification (Yann Collet), algorithm XXH64; checked against its published vectors.
/// </summary>
public static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87UL;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4FUL;
    private const ulong Prime3 = 0x165667B19E3779F9UL;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63UL;
    private const ulong Prime5 = 0x27D4EB2F165667C5UL;

    /// <summary>The 64-bit hash of <paramref name="data"/>.</summary>
    public static ulong Hash(ReadOnlySpan<byte> data, ulong seed = 0)
    {
        var length = (ulong)data.Length;
        var hash = data.Length >= 32 ? Stripes(ref data, seed) : seed + Prime5;
        hash += length;
        for (; data.Length >= 8; data = data[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(data)), 27) * Prime1) + Prime4;
        }

        if (data.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime1), 23) * Prime2) + Prime3;
            data = data[4..];
        }

        foreach (var b in data)
        {
            hash = BitOperations.RotateLeft(hash ^ (b * Prime5), 11) * Prime1;
        }

        return Avalanche(hash);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> data, ulong seed)
    {
        var a = seed + Prime1 + Prime2;
        var b = seed + Prime2;
        var c = seed;
        var d = seed - Prime1;
        for (; data.Length >= 32; data = data[32..])
        {
            a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(data));
            b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
            c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(data[16..]));
            d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(data[24..]));
        }

        var hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(hash, a), b), c), d);
    }

    private static ulong Round(ulong accumulator, ulong input) => BitOperations.RotateLeft(accumulator + (input * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * Prime1) + Prime4;

    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }
}
