using Assay.Embedded.Sqlite;
using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>Events in one file: traces in blobs, a row for each request, and sums kept up to date in the same commit.</summary>
internal sealed class SqliteEventStore(SqliteFile file, TimeProvider time) : IEventStore
{
    public static readonly IReadOnlyList<Migration> Migrations = [new(2, "CREATE TABLE trace(id BLOB PRIMARY KEY) WITHOUT ROWID")];

    public Task<AppendReport> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _ = (file, time);
        throw new NotSupportedException();
    }

    public Task<RequestPage> FindRequestsAsync(RequestQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoredTrace?> GetTraceAsync(TraceId trace, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AggregateRow>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<EventPage> ReadSinceAsync(long position, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<EventStoreSize> MeasureAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
