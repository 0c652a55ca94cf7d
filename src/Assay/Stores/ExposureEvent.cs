namespace Assay.Stores;

/// <summary>
/// A unit met a variant of an experiment for the first time. One counts per experiment, version, unit and variant, however often it is sent: these four
/// are the idempotency key, and the earliest time counts, also when it arrives last. Leaves the store only in sums.
/// </summary>
public sealed record ExposureEvent
{
    /// <summary>The experiment's name, 1 to 128 characters.</summary>
    public required string Experiment { get; init; }

    /// <summary>The version of the experiment: what was assigned under another version is another experiment.</summary>
    public required int Version { get; init; }

    /// <summary>The unit, as <see cref="UnitId.Of(string)"/> makes it from the key: keys themselves are never stored.</summary>
    public required long Unit { get; init; }

    /// <summary>The variant's name, 1 to 128 characters.</summary>
    public required string Variant { get; init; }

    /// <summary>When, in nanoseconds since 1970 UTC.</summary>
    public required long TimeNanos { get; init; }
}
