using System.Diagnostics;
using OpenTelemetry;

namespace Assay.Observability.Tracing;

/// <summary>Keeps what was exported, for tests and for reading back what a run really emitted.</summary>
/// <param name="meter">Counts what there was no room for.</param>
/// <param name="capacity">The most spans that are kept; later ones are dropped and counted. The default is 10,000.</param>
public sealed class InMemoryTraceExporter(ObservabilityMeter meter, int capacity = 10_000) : BaseExporter<Activity>
{
    private readonly Lock gate = new();
    private readonly List<SpanSnapshot> spans = [];

    /// <summary>The spans so far, in the order in which they were exported.</summary>
    public IReadOnlyList<SpanSnapshot> Spans
    {
        get
        {
            lock (gate)
            {
                return [.. spans];
            }
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        lock (gate)
        {
            foreach (var span in batch)
            {
                if (spans.Count < capacity)
                {
                    spans.Add(SpanSnapshot.Of(span));
                }
                else
                {
                    meter.CountDropped(TelemetrySignal.Span, DropReason.BufferFull, 1);
                }
            }
        }

        return ExportResult.Success;
    }
}
