using System.Buffers.Binary;
using System.Numerics;

namespace Assay.Observability.Prometheus;

/// <summary>Writes decimal digits two at a time, and from the ninth on in groups of eight that do not wait for each other.</summary>
internal static class DigitText
{
    private const uint Group = 100_000_000;
    private static readonly ushort[] Pairs = [.. Enumerable.Range(0, 100).Select(i => (ushort)(('0' + (i / 10)) | (('0' + (i % 10)) << 8)))];
    private static readonly ulong[] PowersOfTen = [.. Enumerable.Range(0, 20).Select(i => (ulong)BigInteger.Pow(10, i))];

    /// <summary>How many digits the number has; 1 for zero.</summary>
    public static int CountOf(ulong number)
    {
        // 1233 / 4096 is a little more than log10(2), which for 64 bits is exact enough to be at most one too high.
        var guess = ((BitOperations.Log2(number | 1) + 1) * 1233) >> 12;
        return guess + (number >= PowersOfTen[guess] ? 1 : 0) + (number == 0 ? 1 : 0);
    }

    /// <summary>Writes the number into the first <paramref name="count"/> bytes, which is its <see cref="CountOf"/>.</summary>
    public static void Write(ulong number, int count, Span<byte> to)
    {
        var at = count;
        while (number >= Group)
        {
            var rest = number / Group;
            at -= 8;
            WriteGroup((uint)(number - (rest * Group)), to.Slice(at, 8));
            number = rest;
        }

        var head = (uint)number;
        while (head >= 100)
        {
            var rest = head / 100;
            at -= 2;
            BinaryPrimitives.WriteUInt16LittleEndian(to[at..], Pairs[head - (rest * 100)]);
            head = rest;
        }

        if (head >= 10)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to, Pairs[head]);
        }
        else if (at > 0)
        {
            to[0] = (byte)('0' + head);
        }
    }

    private static void WriteGroup(uint number, Span<byte> to)
    {
        var high = number / 10_000;
        var low = number - (high * 10_000);
        var (highHead, lowHead) = (high / 100, low / 100);
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], Pairs[low - (lowHead * 100)]);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], Pairs[lowHead]);
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], Pairs[high - (highHead * 100)]);
        BinaryPrimitives.WriteUInt16LittleEndian(to, Pairs[highHead]);
    }
}
