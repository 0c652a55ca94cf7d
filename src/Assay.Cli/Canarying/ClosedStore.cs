using Assay.Releases.Canaries;
using Assay.Stores;

namespace Assay.Cli.Canarying;

/// <summary>A store that cannot be opened: everything asked of it fails as a store that is down does.</summary>
internal sealed class ClosedStore : IDocumentStore
{
    public static readonly ClosedStore Instance = new();

    private static AssayException Closed => AssayException.Infrastructure("The store cannot be opened here.", "The hub records it when it runs.");

    public Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken) => Task.FromException<Document?>(Closed);

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        Task.FromException<IReadOnlyList<Document>>(Closed);

    public Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken) => Task.FromException<DocumentOutcome>(Closed);

    public Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken) =>
        Task.FromException<DocumentOutcome>(Closed);

    public IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken) => throw Closed;
}

/// <summary>Flags that cannot be changed here: the hub that serves them reads the intent.</summary>
internal sealed class NoFlags : ITrafficSplit
{
    public static readonly NoFlags Instance = new();

    public Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken) =>
        Task.FromException(AssayException.Infrastructure("The flag cannot be changed here.", "The hub that serves it reads the intent first of all."));

    public Task<decimal?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<decimal?>(null);
}
