using System.Buffers.Binary;
using Assay.Server.Intake.Bodies;

namespace Assay.Server.Intake.Grpc;

/// <summary>A message of a unary call: a byte that says whether it is packed, four bytes of length, the message.</summary>
internal static class GrpcFrame
{
    private const int PrefixBytes = 5;

    // What a sender claims to send is set aside only so far before it comes.
    private const int FirstRead = 256 << 10;

    /// <summary>Reads the one message of a call, unpacked.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="encoding">The header grpc-encoding.</param>
    /// <param name="share">What memory is taken from.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<BodyResult> ReadAsync(Stream body, string encoding, ByteShare share, CancellationToken cancellationToken)
    {
        var read = await BoundedReading.ReadAsync(body, FirstRead, IntakeLimits.SentBytes + PrefixBytes, share, cancellationToken);
        if (read.Fault != BodyFault.None)
        {
            return read.Fault == BodyFault.TooLong ? BodyResult.TooLong(IntakeLimits.SentBytes) : read;
        }

        if (read.Bytes.Length < PrefixBytes)
        {
            return BodyResult.Refused(BodyFault.Corrupt, "The call has no message.");
        }

        var message = read.Bytes[PrefixBytes..];
        if (BinaryPrimitives.ReadUInt32BigEndian(read.Bytes.Span[1..]) != message.Length)
        {
            return BodyResult.Refused(BodyFault.Corrupt, "The call does not have exactly one message of the length that it says.");
        }

        return await Decompression.UnpackAsync(message, read.Bytes.Span[0] == 0 ? "" : encoding, share, cancellationToken);
    }

    /// <summary>A message with its prefix, not packed.</summary>
    public static byte[] Write(ReadOnlySpan<byte> message)
    {
        var frame = new byte[PrefixBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsSpan(PrefixBytes));
        return frame;
    }
}
