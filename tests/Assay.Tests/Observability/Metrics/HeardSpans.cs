using System.Collections.Concurrent;
using System.Diagnostics;

namespace Assay.Tests.Observability.Metrics;

/// <summary>Hears the sources of these names and keeps their spans of one trace: sources are heard by the whole process.</summary>
internal sealed class HeardSpans : IDisposable
{
    private readonly ActivityListener listener;
    private readonly ConcurrentQueue<Activity> ended = new();

    public HeardSpans(params string[] sources)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = s => sources.Contains(s.Name),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public List<Activity> In(ActivityTraceId trace) => [.. ended.Where(s => s.TraceId == trace)];

    public void Dispose() => listener.Dispose();
}
