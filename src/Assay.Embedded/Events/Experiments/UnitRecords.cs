using System.Runtime.InteropServices;

namespace Assay.Embedded.Events.Experiments;

/// <summary>Records as bytes.</summary>
internal static class UnitRecords
{
    /// <summary>Records of a block: 160 KiB.</summary>
    public const int BlockRecords = 4_096;

    public static ReadOnlySpan<byte> ToBytes(ReadOnlySpan<UnitRecord> records) => MemoryMarshal.AsBytes(records);

    /// <summary>Copies records into a buffer and gives how many.</summary>
    public static int Read(ReadOnlySpan<byte> bytes, Span<UnitRecord> buffer)
    {
        var (count, rest) = Math.DivRem(bytes.Length, UnitRecord.Bytes);
        if (rest != 0 || count > buffer.Length)
        {
            throw ByteReader.Damaged();
        }

        bytes.CopyTo(MemoryMarshal.AsBytes(buffer));
        return count;
    }
}
