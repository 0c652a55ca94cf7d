using System.Diagnostics;
using OpenTelemetry;

namespace Assay.Observability.Tracing;

/// <summary>Records how long every span took, sampled or not, by its registered name.</summary>
internal sealed class SpanDurations(ObservabilityMeter meter) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data) => meter.RecordSpan(data.OperationName, data.Duration);
}
