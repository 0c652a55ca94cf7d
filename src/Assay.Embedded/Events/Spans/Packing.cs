using System.IO.Compression;

namespace Assay.Embedded.Events.Spans;

/// <summary>Compresses a block: one byte for the way, the length, the bytes.</summary>
internal static class Packing
{
    private const byte Plain = 0;
    private const byte Brotli = 1;
    private const int Quality = 1;
    private const int Window = 18;

    /// <summary>No batch that the writer's queue takes is so large: a length beyond is damage.</summary>
    private const int MostBytes = 1 << 30;

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new ByteWriter(bytes.Length + 64);
        packed.Byte(Brotli);
        packed.Number(bytes.Length);
        var room = packed.Room(bytes.Length);
        if (BrotliEncoder.TryCompress(bytes, room, out var written, Quality, Window))
        {
            packed.Shorten(bytes.Length - written);
            return packed.Written.ToArray();
        }

        packed.Clear().Byte(Plain);
        packed.Number(bytes.Length);
        packed.Raw(bytes);
        return packed.Written.ToArray();
    }

    public static ReadOnlyMemory<byte> Unpack(ReadOnlySpan<byte> packed)
    {
        var bytes = new ByteReader(packed);
        var way = bytes.Byte();
        var plain = bytes.Count() is <= MostBytes and var length ? new byte[length] : throw ByteReader.Damaged();
        var rest = bytes.Rest;
        if (way == Plain && rest.Length == plain.Length)
        {
            rest.CopyTo(plain);
            return plain;
        }

        return way == Brotli && BrotliDecoder.TryDecompress(rest, plain, out var written) && written == plain.Length ? plain : throw ByteReader.Damaged();
    }
}
