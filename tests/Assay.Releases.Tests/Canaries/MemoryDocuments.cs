using Assay.Stores;

namespace Assay.Releases.Tests.Canaries;

/// <summary>Documents in memory with the versions of a real store; what a controller stores survives its death.</summary>
internal sealed class MemoryDocuments : IDocumentStore
{
    private readonly Dictionary<(string, string), Document> documents = [];
    private readonly Lock gate = new();

    /// <summary>Whether everything fails as a store does whose disk is gone.</summary>
    public bool IsDown { get; set; }

    public Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken) =>
        Ask(() => documents.GetValueOrDefault((collection, key)));

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        Ask<IReadOnlyList<Document>>(() =>
            [
                .. documents
                    .Values.Where(d =>
                        d.Collection == query.Collection && (query.KeyPrefix is null || d.Key.StartsWith(query.KeyPrefix, StringComparison.Ordinal))
                    )
                    .OrderByDescending(d => d.At)
                    .Skip(query.Skip)
                    .Take(query.Limit),
            ]
        );

    public Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken) =>
        Ask(() =>
        {
            var there = documents.GetValueOrDefault((write.Collection, write.Key))?.Version ?? 0;
            if (write.ExpectedVersion is { } expected && expected != there)
            {
                return new DocumentOutcome(false, there);
            }

            documents[(write.Collection, write.Key)] = new Document(write.Collection, write.Key, there + 1, write.At ?? MadeCanary.Noon, write.Json.ToArray());
            return new DocumentOutcome(true, there + 1);
        });

    public Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken) =>
        Ask(() => new DocumentOutcome(documents.Remove((collection, key)), 0));

    public IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task<T> Ask<T>(Func<T> work)
    {
        lock (gate)
        {
            return IsDown ? Task.FromException<T>(AssayException.Infrastructure("The disk is gone.", "Put it back.")) : Task.FromResult(work());
        }
    }
}
