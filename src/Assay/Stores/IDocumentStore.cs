namespace Assay.Stores;

/// <summary>Small JSON documents by collection and key: optimistic versions, an index by time, notification of changes. Safe for several threads at once.</summary>
public interface IDocumentStore
{
    /// <summary>A document; null when there is none.</summary>
    Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken);

    /// <summary>Documents of a collection in order of their time.</summary>
    Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken);

    /// <summary>Writes a document; on disk when the task completes.</summary>
    /// <param name="write">What to write, and over which version.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether it was written; a version that was not expected is no error but an answer.</returns>
    /// <exception cref="AssayException">The JSON is not well formed or longer than 1 MiB, or a name is not allowed (exit code 2); the disk is full (exit code 4).</exception>
    Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken);

    /// <summary>Deletes a document.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="key">The key.</param>
    /// <param name="expectedVersion">The version that may be deleted; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken);

    /// <summary>Changes of a collection from now on, until cancelled. A reader that falls behind by more than 1,024 changes gets one with <see cref="DocumentChange.Missed"/>.</summary>
    IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken);
}

/// <summary>A document as stored.</summary>
/// <param name="Collection">Its collection: 1 to 64 of <c>a-z 0-9 _</c>.</param>
/// <param name="Key">Its key: 1 to 256 characters, none of them a control character.</param>
/// <param name="Version">1 when created, one more with each write; a document that is deleted and created again goes on counting.</param>
/// <param name="At">Its time: the writer's, or that of the write.</param>
/// <param name="Json">UTF-8 JSON.</param>
public sealed record Document(string Collection, string Key, long Version, DateTimeOffset At, ReadOnlyMemory<byte> Json);

/// <summary>A document to write.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Key">The key.</param>
/// <param name="Json">UTF-8 JSON, at most 1 MiB.</param>
public sealed record DocumentWrite(string Collection, string Key, ReadOnlyMemory<byte> Json)
{
    /// <summary>The version that must be there; 0 for none at all, null for any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The document's time; the time of the write when null.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>What became of a write.</summary>
/// <param name="Done">Whether it was done; if not, the version was another.</param>
/// <param name="Version">The version that is there now; 0 for none.</param>
public sealed record DocumentOutcome(bool Done, long Version);

/// <summary>Which documents to list.</summary>
/// <param name="Collection">The collection.</param>
public sealed record DocumentQuery(string Collection)
{
    /// <summary>What keys begin with; null for all.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether the newest come first.</summary>
    public bool NewestFirst { get; init; } = true;

    /// <summary>How many to pass over; 0 to 100,000.</summary>
    public int Skip { get; init; }

    /// <summary>How many at most; 1 to 10,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A change of a document.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Key">The key; empty when changes were missed.</param>
/// <param name="Version">The new version; 0 when deleted.</param>
/// <param name="Missed">Whether changes were missed: read the collection again.</param>
public sealed record DocumentChange(string Collection, string Key, long Version, bool Missed = false);
