using System.Diagnostics;
using Assay.Observability.Tracing;

namespace Assay.Observability.Metrics;

/// <summary>A tool that runs, from <see cref="GenAiSpans.StartTool"/>; it ends and is measured when it is disposed. For one thread.</summary>
public sealed class ToolSpan : IDisposable
{
    private readonly string tool;
    private readonly GenAiMetrics metrics;
    private readonly TimeProvider time;
    private readonly long started;
    private bool failed;
    private bool ended;

    internal ToolSpan(Activity? activity, string tool, GenAiMetrics metrics, TimeProvider time)
    {
        Activity = activity;
        this.tool = tool;
        this.metrics = metrics;
        this.time = time;
        started = time.GetTimestamp();
    }

    /// <summary>The span itself; null where nobody listens.</summary>
    public Activity? Activity { get; }

    /// <summary>Marks the tool as failed.</summary>
    public void Fail(Exception exception)
    {
        failed = true;
        Activity?.SetTag(GenAiAttributes.ErrorType, exception.GetType().FullName);
        new Operation(Activity).Fail(exception);
    }

    /// <summary>Ends and measures the tool.</summary>
    public void Dispose()
    {
        if (!ended)
        {
            ended = true;
            metrics.Tool(tool, time.GetElapsedTime(started), failed);
            Activity?.Dispose();
        }
    }
}
