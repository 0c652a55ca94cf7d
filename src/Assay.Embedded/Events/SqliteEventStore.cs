using Assay.Embedded.Events.Deleting;
using Assay.Embedded.Events.Experiments.Reading;
using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Events.Reading;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events;

/// <summary>Events in one file: spans in blocks, a row for each trace and each request, and sums kept up to date in the same commit.</summary>
internal sealed class SqliteEventStore(SqliteFile file, TimeProvider time, RunSizes? sizes = null) : IEventStore
{
    public static readonly IReadOnlyList<Migration> Migrations = EventSchema.Migrations;

    private readonly Func<SqliteConnection, EventWriter> writer = EventWriter.Once(file.Writer, time, sizes ?? new RunSizes());

    public Task<AppendReport> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var ready = PreparedBatch.Of(batch);
        return file.Writer.RunAsync(connection => writer(connection).Append(ready), ready.Size, cancellationToken);
    }

    public Task<RequestPage> FindRequestsAsync(RequestQuery query, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => RequestReader.Find(connection, query), cancellationToken);

    public Task<StoredTrace?> GetTraceAsync(TraceId trace, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => TraceReader.Read(connection, trace), cancellationToken);

    public Task<IReadOnlyList<AggregateRow>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => SumReader.Read(connection, query), cancellationToken);

    public Task<ExperimentSums> SumExperimentAsync(ExperimentQuery query, CancellationToken cancellationToken) =>
        new ExperimentReader(file, query).SumAsync(cancellationToken);

    public Task<EventPage> ReadSinceAsync(long position, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => EventReader.Read(connection, position, limit), cancellationToken);

    public Task<long> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        new EventDeletion(file, writer, time).DeleteBeforeAsync(before, cancellationToken);

    public Task<EventStoreSize> MeasureAsync(CancellationToken cancellationToken) => file.ReadAsync(SizeReader.Read, cancellationToken);
}
