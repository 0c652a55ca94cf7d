using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Documents;

/// <summary>Documents in one table.</summary>
internal sealed class SqliteDocumentStore : IDocumentStore, IDisposable
{
    private readonly SqliteFile file;
    private readonly TimeProvider time;
    private readonly DocumentWatchers watchers = new();
    private readonly ChangeOrder order;
    private readonly WriteTurns turns;

    public SqliteDocumentStore(SqliteFile file, TimeProvider time)
    {
        this.file = file;
        this.time = time;
        order = new ChangeOrder(watchers.Publish);
        turns = new WriteTurns(file.Writer);
    }

    public static IReadOnlyList<Migration> Migrations => DocumentTable.Migrations;

    /// <summary>Changes that watchers were not given because they fell behind.</summary>
    public long DroppedChanges => watchers.Dropped;

    public Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken)
    {
        DocumentRules.CheckName(collection, key);
        return file.ReadAsync(connection => DocumentTable.Find(connection, collection, key), cancellationToken);
    }

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        DocumentRules.CheckQuery(query);
        return file.ReadAsync(connection => DocumentTable.List(connection, query), cancellationToken);
    }

    public Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken)
    {
        DocumentRules.CheckName(write.Collection, write.Key);
        DocumentRules.CheckJson(write.Json.Span);
        // The caller may use its memory for something else once it stops waiting.
        var own = write with
        {
            Json = write.Json.ToArray(),
        };
        return WriteAsync(write.Collection, write.Key, connection => DocumentTable.Put(connection, own, time.GetUtcNow()), cancellationToken);
    }

    public Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken)
    {
        DocumentRules.CheckName(collection, key);
        return WriteAsync(
            collection,
            key,
            connection => DocumentTable.Delete(connection, collection, key, expectedVersion, time.GetUtcNow()),
            cancellationToken
        );
    }

    public IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken)
    {
        DocumentRules.CheckCollection(collection);
        return watchers.Watch(collection, cancellationToken);
    }

    /// <summary>Ends all watching.</summary>
    public void Dispose() => watchers.Close();

    // What was handed to the writer is followed to its end, whoever still waits: watchers must hear of it.
    private Task<DocumentOutcome> WriteAsync(
        string collection,
        string key,
        Func<SqliteConnection, DocumentOutcome> write,
        CancellationToken cancellationToken
    ) => FollowAsync(collection, key, write, cancellationToken).WaitAsync(cancellationToken);

    private async Task<DocumentOutcome> FollowAsync(
        string collection,
        string key,
        Func<SqliteConnection, DocumentOutcome> write,
        CancellationToken cancellationToken
    )
    {
        PendingChange? pending = null;
        try
        {
            var outcome = await turns.RunAsync(connection =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                // A writer may run a job again; only the last run counts.
                order.Settle(pending, committed: false);
                var outcome = write(connection);
                pending = outcome.Done ? order.Begin(new DocumentChange(collection, key, outcome.Version)) : null;
                return outcome;
            });
            order.Settle(pending, committed: true);
            return outcome;
        }
        catch
        {
            order.Settle(pending, committed: false);
            throw;
        }
    }
}
