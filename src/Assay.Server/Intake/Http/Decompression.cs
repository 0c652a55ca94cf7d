using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Assay.Server.Intake.Http;

/// <summary>Unpacks what senders pack.</summary>
internal static class Decompression
{
    // The last four bytes of a gzip member say how long the content is, modulo 2^32; RFC 1952, 2.3.1.
    private const int GzipLengthBytes = 4;
    private const int HighestRatio = 1032; // of deflate: 258 bytes from two bits (zlib, "Technical Details")
    private const int UsualRatio = 4;

    public static bool IsNone(string encoding) => encoding.Length == 0 || Is(encoding, "identity");

    /// <summary>The unpacked bytes; null when nothing is packed, or packed in a way that is not known.</summary>
    public static Stream? Open(ReadOnlyMemory<byte> packed, string encoding) =>
        Is(encoding, "gzip") ? new GZipStream(Read(packed), CompressionMode.Decompress)
        : Is(encoding, "deflate") ? new ZLibStream(Read(packed), CompressionMode.Decompress)
        : null;

    /// <summary>How long the content will be if the sender does not lie; never more than could be packed into the bytes.</summary>
    public static int LikelyLength(ReadOnlySpan<byte> packed, string encoding)
    {
        if (!Is(encoding, "gzip") || packed.Length < GzipLengthBytes)
        {
            return packed.Length * UsualRatio;
        }

        var said = BinaryPrimitives.ReadUInt32LittleEndian(packed[^GzipLengthBytes..]);
        return (int)Math.Min(said, Math.Min((long)packed.Length * HighestRatio, IntakeLimits.BodyBytes));
    }

    private static MemoryStream Read(ReadOnlyMemory<byte> packed) =>
        MemoryMarshal.TryGetArray(packed, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(packed.ToArray(), writable: false);

    private static bool Is(string encoding, string name) => encoding.Equals(name, StringComparison.OrdinalIgnoreCase);
}
