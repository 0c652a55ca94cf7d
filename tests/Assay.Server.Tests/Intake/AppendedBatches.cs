using Assay.Stores;

namespace Assay.Server.Tests.Intake;

/// <summary>A store that only remembers what was appended, or refuses it.</summary>
internal sealed class AppendedBatches : IEventStore
{
    private readonly HashSet<(TraceId, SpanId)> seen = [];

    public List<EventBatch> Batches { get; } = [];

    public IEnumerable<SpanEvent> Spans => Batches.SelectMany(b => b.Spans);

    /// <summary>What to throw instead of storing.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>What to wait for before storing.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public async Task<AppendReport> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (Refusal is not null)
        {
            throw Refusal;
        }

        await (Gate?.Task ?? Task.CompletedTask);

        var added = batch with { Spans = [.. batch.Spans.Where(s => seen.Add((s.Trace, s.Span)))] };
        Batches.Add(added);
        return new AppendReport(added, batch.Count - added.Count, Batches.Count);
    }

    public Task<RequestPage> FindRequestsAsync(RequestQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoredTrace?> GetTraceAsync(TraceId trace, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AggregateRow>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExperimentSums> SumExperimentAsync(ExperimentQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<EventPage> ReadSinceAsync(long position, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<EventStoreSize> MeasureAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
