using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace Assay.Observability.Tracing;

/// <summary>
/// Decides at the start of a trace, by its id, whether it is exported. What is not sampled is still recorded,
/// so that <see cref="TailSampling"/> can keep it when it fails or is slow. The decision of a remote caller stands.
/// </summary>
internal sealed class HeadSampler : Sampler
{
    private readonly TraceIdRatioBasedSampler ratio;

    public HeadSampler(double rate)
    {
        ratio = new TraceIdRatioBasedSampler(rate);
        Description = string.Create(CultureInfo.InvariantCulture, $"AssayHeadSampler{{{rate}}}");
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent.TraceId == default)
        {
            return ratio.ShouldSample(samplingParameters).Decision == SamplingDecision.RecordAndSample ? Sampled : Recorded;
        }

        if (parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
        {
            return Sampled;
        }

        return parent.IsRemote || IsDroppedHere(parent) ? Dropped : Recorded;
    }

    private static readonly SamplingResult Sampled = new(SamplingDecision.RecordAndSample);
    private static readonly SamplingResult Recorded = new(SamplingDecision.RecordOnly);
    private static readonly SamplingResult Dropped = new(SamplingDecision.Drop);

    // Below a span that a remote caller's decision dropped there is nothing to record either.
    private static bool IsDroppedHere(ActivityContext parent) => Activity.Current is { IsAllDataRequested: false } current && current.SpanId == parent.SpanId;
}
