namespace Assay.Stores;

/// <summary>
/// Append-only events and sums over them. Each event has an idempotency key, and each sum counts a key once, however often it was sent.
/// Safe for several threads at once.
/// </summary>
public interface IEventStore
{
    /// <summary>
    /// Stores a batch. When the task completes the batch is on disk and survives a crash, findable, and part of every sum.
    /// A batch that waits longer than the store's queue allows is refused, not kept.
    /// </summary>
    /// <exception cref="StoreBusyException">The queue is full: nothing of the batch was stored; send it again later.</exception>
    /// <exception cref="AssayException">The disk is full or the file is damaged (exit code 4); nothing of the batch was stored.</exception>
    Task<AppendReport> AppendAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>A page of requests.</summary>
    Task<RequestPage> FindRequestsAsync(RequestQuery query, CancellationToken cancellationToken);

    /// <summary>A trace within the bounds of <see cref="StoredTrace"/>; null when nothing of it is there.</summary>
    Task<StoredTrace?> GetTraceAsync(TraceId trace, CancellationToken cancellationToken);

    /// <summary>Sums, in order of time and then of the split.</summary>
    /// <exception cref="AssayException">The query has more rows than its limit or is not well formed (exit code 2).</exception>
    Task<IReadOnlyList<AggregateRow>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The sums of an experiment over its exposures and outcomes: of the units of each variant, whatever the number of units, in bounded memory.
    /// Only names that are there have sums: no variants when the experiment was never seen.
    /// </summary>
    /// <exception cref="AssayException">The query is not well formed: a negative window, or too many metrics (exit code 2).</exception>
    Task<ExperimentSums> SumExperimentAsync(ExperimentQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Spans, log records and scores stored after a position, in the order of storing; an empty page at the end. Position 0 is the begin.
    /// Exposures and outcomes are not among them: they leave the store only in sums.
    /// </summary>
    /// <param name="position">The position of an <see cref="AppendReport"/> or of the last page.</param>
    /// <param name="limit">About how many events at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<EventPage> ReadSinceAsync(long position, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes whole traces, records, scores and sums that ended before a time, in small steps. Whatever the time, sums by the minute that are older than
    /// 3 days and by the quarter of an hour older than 10 go too: questions about older times are answered by the hour.
    /// What ends before that time and comes afterwards is refused and counted, unless its trace is still there: an event that was deleted and is sent
    /// again is not counted a second time.
    /// Exposures and outcomes before that time are in no sum from then on; their room is given back when it is worth it. A unit whose exposure is deleted
    /// is no longer part of its experiment: keep events for longer than an experiment runs.
    /// </summary>
    /// <returns>How many events were deleted.</returns>
    Task<long> DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>What the store holds.</summary>
    Task<EventStoreSize> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>What an event store holds.</summary>
/// <param name="Spans">Spans.</param>
/// <param name="Traces">Traces.</param>
/// <param name="Logs">Log records.</param>
/// <param name="Scores">Scores.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Oldest">The begin of the oldest event; null when empty.</param>
public sealed record EventStoreSize(long Spans, long Traces, long Logs, long Scores, long Bytes, DateTimeOffset? Oldest)
{
    /// <summary>Exposures; one that was sent again long after may be among them twice until the store tidies up.</summary>
    public long Exposures { get; init; }

    /// <summary>Outcomes; as <see cref="Exposures"/>.</summary>
    public long Outcomes { get; init; }

    /// <summary>How often an event was counted under labels folded to <c>(other)</c>, as its series had too many of them in that hour; once for each series.</summary>
    public long Folded { get; init; }

    /// <summary>Events that were refused, as they ended before the time up to which events were deleted.</summary>
    public long TooLate { get; init; }

    /// <summary>Events that are stored but in no sum, as their time was more than an hour ahead of the store's clock or more than 31 days behind it.</summary>
    public long OutOfTime { get; init; }
}

/// <summary>A store cannot take more at the moment: send again later.</summary>
public sealed class StoreBusyException(string message) : Exception(message);
