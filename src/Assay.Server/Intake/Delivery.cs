using Assay.Server.Intake.Logs;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake;

/// <summary>One request while it is read: the bytes that came, and what was made of them so far.</summary>
/// <param name="body">The message, in memory of its own: stored events keep slices of it.</param>
/// <param name="arrivalNanos">When it came, in nanoseconds since 1970 UTC.</param>
internal sealed class Delivery(ReadOnlyMemory<byte> body, long arrivalNanos)
{
    private LogKeys? logKeys;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public long ArrivalNanos { get; } = arrivalNanos;

    public List<SpanEvent> Spans { get; } = [];

    public List<LogEvent> Logs { get; } = [];

    public List<ScoreEvent> Scores { get; } = [];

    public RequestTally Tally { get; } = new();

    /// <summary>For messages that are written anew.</summary>
    public ProtoWriter Scratch { get; } = new();

    /// <summary>Keys of the request's log records.</summary>
    public LogKeys LogKeys => logKeys ??= new LogKeys();

    public EventBatch ToBatch() =>
        new()
        {
            Spans = Spans,
            Logs = Logs,
            Scores = Scores,
        };
}
