namespace Assay.Stores;

/// <summary>
/// Something measured at a unit. It counts for every version of the experiment that exposed the unit before, within the attribution window, and what lies
/// before the exposure is the unit's covariate. It may arrive before its exposure or after it: the sums are the same. Leaves the store only in sums.
/// </summary>
public sealed record OutcomeEvent
{
    /// <summary>
    /// The idempotency key, 1 to 128 characters, of its own among the outcomes of its unit in the experiment; the sender's own id, or a fresh one per record.
    /// Of several outcomes with one key the earliest counts.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The experiment it was recorded for, 1 to 128 characters.</summary>
    public required string Experiment { get; init; }

    /// <summary>The unit, as <see cref="UnitId.Of(string)"/> makes it from the key.</summary>
    public required long Unit { get; init; }

    /// <summary>What was measured, 1 to 128 characters: <c>latency_ms</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The value. One that is not finite is stored and counted, and part of no sum.</summary>
    public required double Value { get; init; }

    /// <summary>When it happened, in nanoseconds since 1970 UTC.</summary>
    public required long TimeNanos { get; init; }
}
