using Assay.Embedded.Sqlite;
using Assay.Stores;

namespace Assay.Embedded.Documents;

/// <summary>Documents in one table.</summary>
internal sealed class SqliteDocumentStore(SqliteFile file, TimeProvider time) : IDocumentStore
{
    public static readonly IReadOnlyList<Migration> Migrations =
    [
        new(
            1,
            "CREATE TABLE document(collection TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, json BLOB, PRIMARY KEY(collection, key)) WITHOUT ROWID"
        ),
    ];

    public Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken)
    {
        _ = (file, time);
        throw new NotSupportedException();
    }

    public Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken) => throw new NotSupportedException();
}
