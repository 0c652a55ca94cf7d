using Assay.Embedded.Documents;
using Assay.Embedded.Events;
using Assay.Embedded.Sqlite;
using Assay.Stores;

namespace Assay.Embedded;

/// <summary>The ports on one SQLite file, <c>assay.db</c>, in a data folder.</summary>
public sealed class EmbeddedStore : IAsyncDisposable
{
    private readonly SqliteFile file;

    private EmbeddedStore(SqliteFile file, TimeProvider time)
    {
        this.file = file;
        Documents = new SqliteDocumentStore(file, time);
        Events = new SqliteEventStore(file, time);
    }

    /// <summary>Small JSON documents.</summary>
    public IDocumentStore Documents { get; }

    /// <summary>Spans, log records, scores and sums over them.</summary>
    public IEventStore Events { get; }

    /// <summary>Opens the store of a data folder, or makes it.</summary>
    /// <param name="folder">The data folder, such as <c>.assay</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="AssayException">The folder cannot be written, another process holds it, or the file is damaged (exit code 4).</exception>
    public static async Task<EmbeddedStore> OpenAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = await SqliteFile.OpenAsync(
            Path.Combine(folder, "assay.db"),
            [.. SqliteDocumentStore.Migrations, .. SqliteEventStore.Migrations],
            cancellationToken
        );
        return new EmbeddedStore(file, time);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file.DisposeAsync();
}
