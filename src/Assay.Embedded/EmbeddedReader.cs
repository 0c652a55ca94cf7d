using Assay.Embedded.Documents;
using Assay.Embedded.Events;
using Assay.Embedded.Folders;
using Assay.Embedded.Safety;
using Assay.Embedded.Sqlite;
using Assay.Stores;

namespace Assay.Embedded;

/// <summary>
/// The ports on the database of a data folder that another process may hold and write to: for what only reads. Writing through them is refused (exit code 4),
/// and a watcher hears of no change of the other process.
/// </summary>
public sealed class EmbeddedReader : IAsyncDisposable
{
    private readonly SqliteFile file;
    private readonly SqliteDocumentStore documents;

    private EmbeddedReader(SqliteFile file, TimeProvider time)
    {
        this.file = file;
        documents = new SqliteDocumentStore(file, time);
        Events = new SqliteEventStore(file, time);
    }

    /// <summary>Small JSON documents.</summary>
    public IDocumentStore Documents => documents;

    /// <summary>Spans, log records, scores and sums over them.</summary>
    public IEventStore Events { get; }

    /// <summary>Opens the database. It sees what is committed at the time of each question.</summary>
    /// <param name="folder">The data folder, such as <c>.assay</c>.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AssayException">There is no database (exit code 2), or it is damaged or of another version (exit code 4).</exception>
    public static EmbeddedReader Open(string folder, TimeProvider time)
    {
        var path = Path.Combine(Path.GetFullPath(folder), DataFolder.DatabaseName);
        DatabaseOpening.PrepareToRead(path, EmbeddedStore.SchemaVersion);
        return new EmbeddedReader(SqliteFile.OpenToRead(path), time);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        documents.Dispose();
    }
}
