using System.Globalization;
using System.Text;
using Assay.Server.Intake.Bodies;
using Assay.Server.Intake.Wire;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Intake.Grpc;

/// <summary>OTLP over gRPC: unary calls over HTTP/2, whose status stands in the trailers; grpc/doc/PROTOCOL-HTTP2.md.</summary>
internal static class OtlpGrpc
{
    private const string ContentType = "application/grpc";

    public static Task ExportTracesAsync(HttpContext http, OtlpIntake intake) => ExportAsync(http, intake, Signal.Traces);

    public static Task ExportLogsAsync(HttpContext http, OtlpIntake intake) => ExportAsync(http, intake, Signal.Logs);

    public static Task RefuseMetricsAsync(HttpContext http, OtlpIntake intake) => ExportAsync(http, intake, Signal.Metrics);

    private static async Task ExportAsync(HttpContext http, OtlpIntake intake, Signal signal)
    {
        if (!(http.Request.ContentType ?? "").StartsWith(ContentType, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var outcome = signal == Signal.Metrics ? IntakeOutcome.MetricsAreScraped : await TakeInTimeAsync(http, intake, signal);
        intake.Meter.CountRequest(Transport.Grpc, signal, outcome);
        await AnswerAsync(http, outcome);
    }

    private static async Task<IntakeOutcome> TakeInTimeAsync(HttpContext http, OtlpIntake intake, Signal signal)
    {
        var timeout = GrpcTimeout.Parse(http.Request.Headers["grpc-timeout"]);
        using var deadline = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, intake.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
        using var share = intake.Budget.Open();
        var outcome = await TakeAsync(http, intake, signal, share, ends.Token);
        return outcome.Code == IntakeCode.Cancelled && deadline.IsCancellationRequested
            ? new IntakeOutcome(IntakeCode.DeadlineExceeded, "The deadline of the call passed before everything was stored.")
            : outcome;
    }

    private static async Task<IntakeOutcome> TakeAsync(HttpContext http, OtlpIntake intake, Signal signal, ByteShare share, CancellationToken cancellationToken)
    {
        try
        {
            var body = await GrpcFrame.ReadAsync(http.Request.Body, http.Request.Headers["grpc-encoding"].ToString(), share, cancellationToken);
            if (body.Fault != BodyFault.None)
            {
                return IntakeOutcome.Of(body);
            }

            intake.Meter.CountBytes(body.SentBytes, body.Bytes.Length);
            return await intake.TakeAsync(signal, body.Bytes, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new IntakeOutcome(IntakeCode.Cancelled, "The call was cancelled.");
        }
    }

    private static async Task AnswerAsync(HttpContext http, IntakeOutcome outcome)
    {
        http.Response.ContentType = ContentType;
        http.Response.Headers["grpc-accept-encoding"] = Decompression.Known;
        if (outcome.Code == IntakeCode.Ok)
        {
            await http.Response.Body.WriteAsync(GrpcFrame.Write(Messages.Response(outcome).Span));
        }

        http.Response.AppendTrailer("grpc-status", ((int)outcome.Code).ToString(CultureInfo.InvariantCulture));
        if (outcome.Code != IntakeCode.Ok)
        {
            http.Response.AppendTrailer("grpc-message", Percent(outcome.Message));
            http.Response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(Messages.Status(outcome).Span));
        }
    }

    // Printable ASCII stays, the rest becomes %XX.
    private static string Percent(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            _ = b is >= 0x20 and <= 0x7E and not (byte)'%' ? text.Append((char)b) : text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.ToString();
    }
}
