using Microsoft.AspNetCore.Http;

namespace Assay.Server.Intake.Http;

/// <summary>OTLP over HTTP; opentelemetry.io/docs/specs/otlp, "OTLP/HTTP".</summary>
internal static class OtlpHttp
{
    public static Task TakeTracesAsync(HttpContext http, OtlpIntake intake) => TakeAsync(http, intake, Signal.Traces);

    private static async Task TakeAsync(HttpContext http, OtlpIntake intake, Signal signal)
    {
        var format = OtlpFormat.Of(http.Request.ContentType);
        if (format is null)
        {
            await OtlpFormat.Json.RefuseAsync(
                http,
                StatusCodes.Status415UnsupportedMediaType,
                new IntakeOutcome(IntakeCode.InvalidArgument, "Send OTLP as application/x-protobuf or application/json.")
            );
            return;
        }

        var sent = await HttpBodies.ReadAsync(http.Request, http.RequestAborted);
        var body = sent.Status == StatusCodes.Status200OK ? format.ToProtobuf(sent.Bytes, signal) : sent;
        if (body.Status != StatusCodes.Status200OK)
        {
            await format.RefuseAsync(http, body.Status, new IntakeOutcome(IntakeCode.InvalidArgument, body.Message));
            return;
        }

        var outcome = await intake.TakeAsync(signal, body.Bytes, http.RequestAborted);
        await format.AnswerAsync(http, signal, outcome);
    }
}
