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

    /// <summary>How many events of all kinds.</summary>
    public int Count => Spans.Count + Logs.Count + Scores.Count;
}

/// <summary>What became of a batch.</summary>
/// <param name="New">The events that were not there yet; only these are to be counted.</param>
/// <param name="Duplicates">How many were there already, by key.</param>
/// <param name="Position">The store's position after the batch; see <see cref="IEventStore.ReadSinceAsync"/>.</param>
public sealed record AppendReport(EventBatch New, int Duplicates, long Position);

/// <summary>Events in the order in which they were stored.</summary>
/// <param name="Events">The events.</param>
/// <param name="Position">The position after them, from which to read on.</param>
public sealed record EventPage(EventBatch Events, long Position);
