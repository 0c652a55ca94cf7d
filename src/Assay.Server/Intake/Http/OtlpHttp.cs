using Assay.Server.Intake.Bodies;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Intake.Http;

/// <summary>OTLP over HTTP; opentelemetry.io/docs/specs/otlp, "OTLP/HTTP".</summary>
internal static class OtlpHttp
{
    public static Task TakeTracesAsync(HttpContext http, OtlpIntake intake) => TakeAsync(http, intake, Signal.Traces);

    public static Task TakeLogsAsync(HttpContext http, OtlpIntake intake) => TakeAsync(http, intake, Signal.Logs);

    public static Task RefuseMetricsAsync(HttpContext http, OtlpIntake intake)
    {
        var format = OtlpFormat.Of(http.Request.ContentType) ?? OtlpFormat.Json;
        intake.Meter.CountRequest(format.Transport, Signal.Metrics, IntakeOutcome.MetricsAreScraped);
        return format.AnswerAsync(http, Signal.Metrics, IntakeOutcome.MetricsAreScraped);
    }

    private static async Task TakeAsync(HttpContext http, OtlpIntake intake, Signal signal)
    {
        var format = OtlpFormat.Of(http.Request.ContentType);
        using var share = intake.Budget.Open();
        var outcome = format is null
            ? IntakeOutcome.Of(BodyResult.Refused(BodyFault.NotSupported, "Send OTLP as application/x-protobuf or application/json."))
            : await TakeAsync(http, intake, signal, format, share);
        format ??= OtlpFormat.Json;
        intake.Meter.CountRequest(format.Transport, signal, outcome);
        await format.AnswerAsync(http, signal, outcome);
    }

    private static async Task<IntakeOutcome> TakeAsync(HttpContext http, OtlpIntake intake, Signal signal, OtlpFormat format, ByteShare share)
    {
        var body = await SentBody.ReadAsync(http.Request, share, http.RequestAborted);
        if (body.Fault == BodyFault.None)
        {
            intake.Meter.CountBytes(body.SentBytes, body.Bytes.Length);
            body = format.ToProtobuf(body, signal, share);
        }

        return body.Fault == BodyFault.None ? await intake.TakeAsync(signal, body.Bytes, http.RequestAborted) : IntakeOutcome.Of(body);
    }
}
