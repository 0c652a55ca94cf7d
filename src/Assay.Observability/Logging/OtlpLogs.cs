using OpenTelemetry;
using OpenTelemetry.Exporter;
using SdkLogRecord = OpenTelemetry.Logs.LogRecord;

namespace Assay.Observability.Logging;

/// <summary>The package's OTLP exporter of logs, with what the receiver did not take counted.</summary>
internal sealed class OtlpLogs(OtlpLogExporter inner, Tracing.Backlog backlog, ObservabilityMeter meter) : BaseExporter<SdkLogRecord>
{
    public override ExportResult Export(in Batch<SdkLogRecord> batch)
    {
        var count = batch.Count;
        var result = inner.Export(batch);
        backlog.Leave(count);
        if (result == ExportResult.Failure)
        {
            meter.CountDropped(TelemetrySignal.Log, DropReason.WriteFailed, count);
        }

        return result;
    }

    protected override bool OnShutdown(int timeoutMilliseconds) => inner.Shutdown(timeoutMilliseconds);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Hands log records to an exporter in batches, on a thread of its own, from a queue with a bound.</summary>
internal sealed class BoundedLogBatch(BaseExporter<SdkLogRecord> exporter, Tracing.Backlog backlog, ObservabilityMeter meter)
    : BatchLogRecordExportProcessor(exporter, Tracing.Backlog.Capacity, scheduledDelayMilliseconds: DelayMs, maxExportBatchSize: BatchSize)
{
    private const int BatchSize = 512;

    // As for spans: a killed process loses what it did in the last second.
    private const int DelayMs = 1_000;

    public override void OnEnd(SdkLogRecord data)
    {
        if (backlog.TryEnter())
        {
            base.OnEnd(data);
        }
        else
        {
            meter.CountDropped(TelemetrySignal.Log, DropReason.BufferFull, 1);
        }
    }
}

/// <summary>Passes nothing on: it is there because the SDK tells an exporter of its resource only through a processor that owns it.</summary>
internal sealed class ResourceCarrier(OtlpLogExporter exporter) : BaseExportProcessor<SdkLogRecord>(exporter)
{
    public override void OnEnd(SdkLogRecord data) { }

    protected override void OnExport(SdkLogRecord data) { }
}
