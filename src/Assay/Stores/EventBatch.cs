namespace Assay.Stores;

/// <summary>Events that are stored together or not at all.</summary>
public sealed record EventBatch
{
    /// <summary>Finished spans.</summary>
    public IReadOnlyList<SpanEvent> Spans { get; init; } = [];

    /// <summary>Log records.</summary>
    public IReadOnlyList<LogEvent> Logs { get; init; } = [];

    /// <summary>Scores.</summary>
    public IReadOnlyList<ScoreEvent> Scores { get; init; } = [];

    /// <summary>Exposures of units to experiments.</summary>
    public IReadOnlyList<ExposureEvent> Exposures { get; init; } = [];

    /// <summary>Outcomes measured at units.</summary>
    public IReadOnlyList<OutcomeEvent> Outcomes { get; init; } = [];

    /// <summary>How many events of all kinds.</summary>
    public int Count => Spans.Count + Logs.Count + Scores.Count + Exposures.Count + Outcomes.Count;
}

/// <summary>What became of a batch.</summary>
/// <param name="New">
/// The events that were not there yet; only these are to be counted. Of exposures and outcomes those that the store does not remember: it knows the latest
/// ones at once, and tells older ones apart when it sums.
/// </param>
/// <param name="Duplicates">How many were there already, by key; those that were refused are not among them.</param>
/// <param name="Position">The store's position after the batch; see <see cref="IEventStore.ReadSinceAsync"/>.</param>
public sealed record AppendReport(EventBatch New, int Duplicates, long Position)
{
    /// <summary>The store's position before the batch: between this and <see cref="Position"/> lie its new events and no others.</summary>
    public long Before { get; init; }

    /// <summary>Events that were refused, as they ended before the time up to which events were deleted; see <see cref="IEventStore.DeleteBeforeAsync"/>.</summary>
    public TooLate TooLate { get; init; }

    /// <summary>Exposures and outcomes that were refused, as there are too many experiments, or too many variants or metrics in theirs.</summary>
    public UnitEvents TooManyNames { get; init; }
}

/// <summary>Events that were refused, as they ended before the time up to which events were deleted.</summary>
/// <param name="Spans">Spans.</param>
/// <param name="Logs">Log records.</param>
/// <param name="Scores">Scores.</param>
public readonly record struct TooLate(int Spans, int Logs, int Scores)
{
    /// <summary>Exposures.</summary>
    public int Exposures { get; init; }

    /// <summary>Outcomes.</summary>
    public int Outcomes { get; init; }

    /// <summary>All of them.</summary>
    public int Count => Spans + Logs + Scores + Exposures + Outcomes;
}

/// <summary>Numbers of events of experiments.</summary>
/// <param name="Exposures">Exposures.</param>
/// <param name="Outcomes">Outcomes.</param>
public readonly record struct UnitEvents(int Exposures, int Outcomes)
{
    /// <summary>Both.</summary>
    public int Count => Exposures + Outcomes;
}

/// <summary>Events in the order in which they were stored.</summary>
/// <param name="Events">The events.</param>
/// <param name="Position">The position after them, from which to read on.</param>
public sealed record EventPage(EventBatch Events, long Position);
