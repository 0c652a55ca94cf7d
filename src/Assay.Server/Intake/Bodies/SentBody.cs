using Microsoft.AspNetCore.Http;

namespace Assay.Server.Intake.Bodies;

/// <summary>Reads and unpacks the body of a request within <see cref="IntakeLimits"/>.</summary>
internal static class SentBody
{
    // What a sender claims to send is set aside only so far before it comes.
    private const int FirstRead = 256 << 10;

    public static async ValueTask<BodyResult> ReadAsync(HttpRequest request, ByteShare share, CancellationToken cancellationToken)
    {
        if (request.ContentLength > IntakeLimits.SentBytes)
        {
            return BodyResult.TooLong(IntakeLimits.SentBytes);
        }

        var likely = (int)Math.Min(request.ContentLength ?? FirstRead, FirstRead);
        var sent = await BoundedReading.ReadAsync(request.Body, likely, IntakeLimits.SentBytes, share, cancellationToken);
        return sent.Fault == BodyFault.None
            ? await Decompression.UnpackAsync(sent.Bytes, request.Headers.ContentEncoding.ToString(), share, cancellationToken)
            : sent;
    }
}
