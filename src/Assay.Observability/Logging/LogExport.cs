using Assay.Observability.Tracing;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace Assay.Observability.Logging;

/// <summary>Sends logs over OTLP.</summary>
internal static class LogExport
{
    /// <summary>Adds cleaning, a bounded queue and the exporter.</summary>
    public static void AddAssayLogs(this OpenTelemetryLoggerOptions log, ObservabilityOptions options, Uri endpoint, ObservabilityMeter meter)
    {
        var exporter = new OtlpLogExporter(OtlpSpans.To(endpoint, options.OtlpOverGrpc, "logs"));
        var backlog = new Backlog();
        log.IncludeFormattedMessage = true;
        log.SetResourceBuilder(ObservabilitySetup.Resource(options));
        log.AddProcessor(new CleanLogs());
        log.AddProcessor(new ResourceCarrier(exporter));
        log.AddProcessor(new BoundedLogBatch(new OtlpLogs(exporter, backlog, meter), backlog, meter));
    }
}
