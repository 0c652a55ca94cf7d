using Microsoft.AspNetCore.Http;

namespace Assay.Server.Intake.Http;

/// <summary>The format of a request and of its answer: an answer has the request's own.</summary>
internal abstract class OtlpFormat
{
    // Stores are busy for parts of a second; OpenTelemetry's exporters add their own back-off.
    private const string RetryAfterSeconds = "1";

    public static readonly OtlpFormat Protobuf = new ProtobufFormat();
    public static readonly OtlpFormat Json = new JsonFormat();

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

    /// <summary>Answers with what became of a request.</summary>
    public Task AnswerAsync(HttpContext http, Signal signal, IntakeOutcome outcome)
    {
        if (outcome.Code != IntakeCode.Ok)
        {
            return RefuseAsync(http, StatusOf(outcome.Code), outcome);
        }

        return WriteAsync(http, StatusCodes.Status200OK, Response(signal, outcome));
    }

    /// <summary>Answers with google.rpc.Status, as OTLP asks.</summary>
    public Task RefuseAsync(HttpContext http, int status, IntakeOutcome outcome)
    {
        if (outcome.IsRetryable)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return WriteAsync(http, status, Status(outcome));
    }

    /// <summary>The bytes of a message as protobuf.</summary>
    /// <param name="body">The body in this format.</param>
    /// <param name="signal">What it brings.</param>
    public abstract BodyResult ToProtobuf(ReadOnlyMemory<byte> body, Signal signal);

    protected abstract ReadOnlyMemory<byte> Response(Signal signal, IntakeOutcome outcome);

    protected abstract ReadOnlyMemory<byte> Status(IntakeOutcome outcome);

    private static int StatusOf(IntakeCode code) =>
        code switch
        {
            IntakeCode.InvalidArgument => StatusCodes.Status400BadRequest,
            IntakeCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            IntakeCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
            IntakeCode.Unimplemented => StatusCodes.Status501NotImplemented,
            _ => StatusCodes.Status500InternalServerError,
        };

    private async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
