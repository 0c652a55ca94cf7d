using Assay.Observability.Tracing;
using Microsoft.Extensions.Logging;

namespace Assay.Rag;

/// <summary>One execution of a stage: a batch when indexing, a query when searching. Disposing it ends the span and records the latency, whatever happened in between.</summary>
internal sealed class StageExecution : IDisposable
{
    private readonly RagTelemetry telemetry;
    private readonly RagStage stage;
    private readonly long started;
    private double? stoppedAfter;

    public StageExecution(RagTelemetry telemetry, RagStage stage)
    {
        this.telemetry = telemetry;
        this.stage = stage;
        Span = telemetry.Source.Operation(SpanNames[(int)stage]);
        started = telemetry.Time.GetTimestamp();
    }

    /// <summary>The span, for the attributes of the stage.</summary>
    public Operation Span { get; }

    public double ElapsedSeconds => stoppedAfter ?? telemetry.Time.GetElapsedTime(started).TotalSeconds;

    private static string[] SpanNames { get; } = [.. Enum.GetValues<RagStage>().Select(RagNames.Span)];

    /// <summary>Ends the latency now; the span stays open for what is known only later, such as the last reading of the GPU.</summary>
    public void StopClock() => stoppedAfter = ElapsedSeconds;

    /// <summary>Says on the span and in the counter why the stage could not do its own work.</summary>
    public void FellBack(string reason)
    {
        Span.Set("fallback_used", value: true);
        Span.Set("fallback_reason", reason);
        telemetry.Log(stage).FellBack(RagNames.Word(stage), reason);
        telemetry.Fallbacks.Add(1, new KeyValuePair<string, object?>("stage", RagNames.Word(stage)), new KeyValuePair<string, object?>("reason", reason));
    }

    /// <summary>Says in the log what a batch came to.</summary>
    public void Finished(long amount, string unit)
    {
        var log = telemetry.Log(stage);
        if (log.IsEnabled(LogLevel.Information))
        {
            log.StageFinished(RagNames.Word(stage), amount, unit, Math.Round(ElapsedSeconds * 1000, 3));
        }
    }

    public void Dispose()
    {
        var seconds = ElapsedSeconds;
        Span.Set("latency_ms", seconds * 1000);
        telemetry.Record(stage, seconds);
        Span.Dispose();
    }
}
