using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Assay.Server.Intake.Bodies;

/// <summary>Unpacks what senders pack, and never further than the bound.</summary>
internal static class Decompression
{
    // The last four bytes: of a gzip member the length of its content modulo 2^32 (RFC 1952, 2.3.1), of zlib its Adler-32 (RFC 1950, 2.2).
    private const int TrailerBytes = 4;
    private const int HighestRatio = 1032; // of deflate: 258 bytes from two bits (zlib, "Technical Details")
    private const int UsualRatio = 4;

    /// <summary>The names of the encodings, as a header lists them.</summary>
    public const string Known = "identity,gzip,deflate";

    /// <summary>The content of a packed message.</summary>
    /// <param name="sent">The message as sent.</param>
    /// <param name="encoding">An HTTP content coding or a gRPC encoding; empty for none.</param>
    /// <param name="share">What the memory is taken from.</param>
    /// <param name="cancellationToken">Ends the unpacking.</param>
    public static async ValueTask<BodyResult> UnpackAsync(ReadOnlyMemory<byte> sent, string encoding, ByteShare share, CancellationToken cancellationToken)
    {
        if (encoding.Length == 0 || Is(encoding, "identity"))
        {
            return BodyResult.Of(sent) with { SentBytes = sent.Length };
        }

        await using var unpacking = Open(sent, encoding);
        if (unpacking is null)
        {
            return BodyResult.Refused(BodyFault.NotSupported, $"The encoding '{encoding}' is not supported: use gzip, deflate or identity.");
        }

        try
        {
            var unpacked = await BoundedReading.ReadAsync(unpacking, LikelyLength(sent.Span, encoding), IntakeLimits.BodyBytes, share, cancellationToken);
            var isWhole = unpacked.Fault != BodyFault.None || IsWhole(sent.Span, unpacked.Bytes.Span, encoding);
            return isWhole ? unpacked with { SentBytes = sent.Length } : Corrupt(encoding);
        }
        catch (InvalidDataException)
        {
            return Corrupt(encoding);
        }
    }

    private static Stream? Open(ReadOnlyMemory<byte> packed, string encoding) =>
        Is(encoding, "gzip") ? new GZipStream(Read(packed), CompressionMode.Decompress)
        : Is(encoding, "deflate") ? new ZLibStream(Read(packed), CompressionMode.Decompress)
        : null;

    // As long as the sender says, but never longer than could be packed into the bytes.
    private static int LikelyLength(ReadOnlySpan<byte> packed, string encoding)
    {
        if (!Is(encoding, "gzip") || packed.Length < TrailerBytes)
        {
            return packed.Length * UsualRatio;
        }

        var said = BinaryPrimitives.ReadUInt32LittleEndian(packed[^TrailerBytes..]);
        return (int)Math.Min(said, Math.Min((long)packed.Length * HighestRatio, IntakeLimits.BodyBytes));
    }

    // The streams end quietly where the packed bytes break off; what is left could be a well formed message with less in it.
    private static bool IsWhole(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> unpacked, string encoding)
    {
        if (packed.Length < TrailerBytes)
        {
            return false;
        }

        var trailer = packed[^TrailerBytes..];
        return Is(encoding, "gzip")
            ? BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)unpacked.Length
            : BinaryPrimitives.ReadUInt32BigEndian(trailer) == Adler32(unpacked);
    }

    // RFC 1950, chapter 9. 5,552 bytes are the most before the sums must be reduced.
    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65_521;
        const int Run = 5_552;
        var (low, high) = (1u, 0u);
        while (!bytes.IsEmpty)
        {
            var run = bytes[..Math.Min(bytes.Length, Run)];
            foreach (var b in run)
            {
                low += b;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            bytes = bytes[run.Length..];
        }

        return (high << 16) | low;
    }

    private static BodyResult Corrupt(string encoding) => BodyResult.Refused(BodyFault.Corrupt, $"The message breaks off or is not packed as {encoding}.");

    private static MemoryStream Read(ReadOnlyMemory<byte> packed) =>
        MemoryMarshal.TryGetArray(packed, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(packed.ToArray(), writable: false);

    private static bool Is(string encoding, string name) => encoding.Equals(name, StringComparison.OrdinalIgnoreCase);
}
