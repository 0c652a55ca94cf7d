using Microsoft.AspNetCore.Http;

namespace Assay.Server.Intake.Http;

/// <summary>A body, or why there is none.</summary>
/// <param name="Bytes">The body after decompression.</param>
/// <param name="Status">200, or the HTTP status to answer with.</param>
/// <param name="Message">What is wrong, for a person.</param>
internal readonly record struct BodyResult(ReadOnlyMemory<byte> Bytes, int Status, string Message)
{
    public static BodyResult Of(ReadOnlyMemory<byte> bytes) => new(bytes, StatusCodes.Status200OK, "");

    public static BodyResult Refused(int status, string message) => new(default, status, message);
}

/// <summary>Reads bodies of requests within their bounds: a bomb is never unpacked further than the bound.</summary>
internal static class HttpBodies
{
    private const int FirstRead = 16 << 10;

    public static async Task<BodyResult> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > IntakeLimits.CompressedBytes)
        {
            return TooLong($"{request.ContentLength} bytes", IntakeLimits.CompressedBytes);
        }

        var sent = await ReadAllAsync(request.Body, (int)(request.ContentLength ?? FirstRead), IntakeLimits.CompressedBytes, cancellationToken);
        if (sent is not { } bytes)
        {
            return TooLong("more", IntakeLimits.CompressedBytes);
        }

        try
        {
            return await UnpackAsync(bytes, request.Headers.ContentEncoding.ToString(), cancellationToken);
        }
        catch (InvalidDataException)
        {
            return BodyResult.Refused(StatusCodes.Status400BadRequest, $"The body is not what Content-Encoding says: {request.Headers.ContentEncoding}.");
        }
    }

    private static async Task<BodyResult> UnpackAsync(ReadOnlyMemory<byte> sent, string encoding, CancellationToken cancellationToken)
    {
        await using var unpacking = Decompression.Open(sent, encoding);
        if (unpacking is null)
        {
            return Decompression.IsNone(encoding)
                ? BodyResult.Of(sent)
                : BodyResult.Refused(
                    StatusCodes.Status415UnsupportedMediaType,
                    $"Content-Encoding '{encoding}' is not supported: use gzip, deflate or identity."
                );
        }

        var unpacked = await ReadAllAsync(unpacking, Decompression.LikelyLength(sent.Span, encoding), IntakeLimits.BodyBytes, cancellationToken);
        return unpacked is { } bytes ? BodyResult.Of(bytes) : TooLong("more after decompression", IntakeLimits.BodyBytes);
    }

    // Null when there is more than the bound.
    private static async Task<ReadOnlyMemory<byte>?> ReadAllAsync(Stream stream, int likely, int most, CancellationToken cancellationToken)
    {
        // One more than is likely: the read that finds the end needs a place to read to.
        var buffer = GC.AllocateUninitializedArray<byte>(Math.Min(likely, most) + 1);
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > most)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(length * 2, most + 1));
            }
        }
    }

    private static BodyResult TooLong(string length, int most) =>
        BodyResult.Refused(StatusCodes.Status413PayloadTooLarge, $"The body has {length}; at most {most} bytes are taken. Send smaller batches.");
}
