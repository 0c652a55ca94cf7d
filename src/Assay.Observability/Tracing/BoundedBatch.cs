using System.Diagnostics;
using OpenTelemetry;

namespace Assay.Observability.Tracing;

/// <summary>
/// How many spans wait for an exporter. The SDK's batch processor drops silently when its queue is full,
/// so <see cref="BoundedBatch"/> asks here first and counts what it turns away.
/// </summary>
internal sealed class Backlog
{
    /// <summary>The spans that may wait: 8 batches.</summary>
    public const int Capacity = 4_096;

    private long waiting;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref waiting) <= Capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref waiting);
        return false;
    }

    public void Leave(long count) => Interlocked.Add(ref waiting, -count);
}

/// <summary>Hands spans to an exporter in batches, on a thread of its own, from a queue with a bound.</summary>
internal sealed class BoundedBatch(BaseExporter<Activity> exporter, Backlog backlog, ObservabilityMeter meter)
    : BatchActivityExportProcessor(exporter, Backlog.Capacity, scheduledDelayMilliseconds: DelayMs, maxExportBatchSize: BatchSize)
{
    private const int BatchSize = 512;

    // A killed process loses what it did in the last second, not in the SDK's five.
    private const int DelayMs = 1_000;

    public override void OnEnd(Activity data)
    {
        if (!data.Recorded)
        {
            return;
        }

        if (backlog.TryEnter())
        {
            base.OnEnd(data);
        }
        else
        {
            meter.CountDropped(TelemetrySignal.Span, DropReason.BufferFull, 1);
        }
    }
}
