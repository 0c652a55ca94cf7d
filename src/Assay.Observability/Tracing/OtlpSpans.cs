using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Assay.Observability.Tracing;

/// <summary>The package's OTLP exporter, with what the receiver did not take counted.</summary>
internal sealed class OtlpSpans(OtlpExporterOptions options, Backlog backlog, ObservabilityMeter meter) : OtlpTraceExporter(options)
{
    public static OtlpExporterOptions To(Uri endpoint, bool grpc) =>
        new() { Endpoint = grpc ? endpoint : Traces(endpoint), Protocol = grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf };

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
    private static Uri Traces(Uri endpoint)
    {
        var text = endpoint.AbsoluteUri.TrimEnd('/');
        return new Uri(text.EndsWith("/v1/traces", StringComparison.Ordinal) ? text : text + "/v1/traces");
    }
}
