using System.Globalization;
using Assay.Server.Intake.Bodies;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Intake.Http;

/// <summary>The format of a request and of its answer: an answer has the request's own.</summary>
internal abstract class OtlpFormat
{
    public static readonly OtlpFormat Protobuf = new ProtobufFormat();
    public static readonly OtlpFormat Json = new JsonFormat();

    /// <summary>How requests in this format are counted.</summary>
    public abstract Transport Transport { get; }

    protected abstract string ContentType { get; }

    /// <summary>The format of a content type; null for one that is not OTLP's.</summary>
    public static OtlpFormat? Of(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase) ? Protobuf
            : type.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? Json
            : null;
    }

    /// <summary>Answers with what became of a request: the response message, or google.rpc.Status as OTLP asks.</summary>
    public async Task AnswerAsync(HttpContext http, Signal signal, IntakeOutcome outcome)
    {
        var body = outcome.Code == IntakeCode.Ok ? Response(signal, outcome) : Status(outcome);
        http.Response.StatusCode = StatusOf(outcome);
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        if (outcome.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The message as protobuf.</summary>
    /// <param name="body">The message in this format.</param>
    /// <param name="signal">What it brings.</param>
    /// <param name="share">What memory is taken from.</param>
    public abstract BodyResult ToProtobuf(BodyResult body, Signal signal, ByteShare share);

    protected abstract ReadOnlyMemory<byte> Response(Signal signal, IntakeOutcome outcome);

    protected abstract ReadOnlyMemory<byte> Status(IntakeOutcome outcome);

    private static int StatusOf(IntakeOutcome outcome) =>
        outcome.BodyFault switch
        {
            BodyFault.TooLong => StatusCodes.Status413PayloadTooLarge,
            BodyFault.NotSupported => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusOf(outcome.Code),
        };

    private static int StatusOf(IntakeCode code) =>
        code switch
        {
            IntakeCode.Ok => StatusCodes.Status200OK,
            IntakeCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            IntakeCode.Unimplemented => StatusCodes.Status501NotImplemented,
            IntakeCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
}
