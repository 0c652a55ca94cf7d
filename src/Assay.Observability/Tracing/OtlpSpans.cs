using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Assay.Observability.Tracing;

/// <summary>The package's OTLP exporter, with what the receiver did not take counted.</summary>
internal sealed class OtlpSpans(OtlpExporterOptions options, Backlog backlog, ObservabilityMeter meter) : OtlpTraceExporter(options)
{
    /// <summary>How to reach a receiver.</summary>
    /// <param name="endpoint">Its address, with or without the path of the signal.</param>
    /// <param name="grpc">Whether it speaks gRPC.</param>
    /// <param name="signal"><c>traces</c> or <c>logs</c>.</param>
    public static OtlpExporterOptions To(Uri endpoint, bool grpc, string signal = "traces") =>
        new() { Endpoint = grpc ? endpoint : Under(endpoint, signal), Protocol = grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf };

    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var count = activityBatch.Count;
        var result = base.Export(activityBatch);
        backlog.Leave(count);
        if (result == ExportResult.Failure)
        {
            meter.CountDropped(TelemetrySignal.Span, DropReason.WriteFailed, count);
        }

        return result;
    }

    // The exporter takes an address that is set in code as it is; the OTLP specification puts the signal under it.
    private static Uri Under(Uri endpoint, string signal)
    {
        var text = endpoint.AbsoluteUri.TrimEnd('/');
        var root = text.EndsWith("/v1/traces", StringComparison.Ordinal) ? text[..^"/v1/traces".Length] : text;
        return new Uri($"{root}/v1/{signal}");
    }
}
