namespace Assay.Stores;

/// <summary>Something measured at a unit. It counts for the experiments that exposed the unit before, within their attribution window, and for the time before as their covariate.</summary>
public sealed record OutcomeEvent
{
    /// <summary>The idempotency key, 1 to 128 characters; the sender's own id, or a fresh one per record.</summary>
    public required string Key { get; init; }

    /// <summary>The experiment it was recorded for.</summary>
    public required string Experiment { get; init; }

    /// <summary>The unit, as <see cref="UnitId.Of(string)"/> makes it from the key.</summary>
    public required long Unit { get; init; }

    /// <summary>What was measured: <c>latency_ms</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The value. One that is not finite is stored and counted, and part of no sum.</summary>
    public required double Value { get; init; }

    /// <summary>When it happened, in nanoseconds since 1970 UTC.</summary>
    public required long TimeNanos { get; init; }

    /// <summary>The service that recorded it.</summary>
    public required TelemetrySource Source { get; init; }
}
