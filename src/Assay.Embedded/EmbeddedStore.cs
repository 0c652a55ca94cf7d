using Assay.Embedded.Documents;
using Assay.Embedded.Events;
using Assay.Embedded.Events.Experiments;
using Assay.Embedded.Folders;
using Assay.Embedded.Objects;
using Assay.Embedded.Safety;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded;

/// <summary>The ports in a data folder: one SQLite file, <c>assay.db</c>, and a folder of objects.</summary>
public sealed class EmbeddedStore : IAsyncDisposable
{
    private readonly SqliteFile file;
    private readonly SqliteDocumentStore documents;

    private EmbeddedStore(DataFolder folder, SqliteFile file, TimeProvider time)
    {
        this.file = file;
        Folder = folder;
        documents = new SqliteDocumentStore(file, time);
        Events = new SqliteEventStore(file, time);
        Objects = FolderObjectStore.Open(folder);
    }

    /// <summary>The folder, held until the store is disposed.</summary>
    public DataFolder Folder { get; }

    /// <summary>Small JSON documents.</summary>
    public IDocumentStore Documents => documents;

    /// <summary>Spans, log records, scores and sums over them.</summary>
    public IEventStore Events { get; }

    /// <summary>Files by name, in the folder <c>objects</c>.</summary>
    public IObjectStore Objects { get; }

    internal static IReadOnlyList<Migration> Migrations { get; } = [.. SqliteDocumentStore.Migrations, .. SqliteEventStore.Migrations];

    /// <summary>The newest version of the tables that this program knows.</summary>
    internal static long SchemaVersion { get; } = Migrations.Max(m => m.Number);

    /// <summary>What the kits check in their own tables.</summary>
    internal static IReadOnlyList<StoreCheck> Checks { get; } = [DocumentCheck.Check, EventTablesCheck.Check, ExperimentTablesCheck.Check];

    /// <summary>Takes the data folder for this process and opens its store, or makes it.</summary>
    /// <param name="folder">The data folder, such as <c>.assay</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="AssayException">The folder cannot be written, another process holds it, or the file is damaged (exit code 4).</exception>
    public static async Task<EmbeddedStore> OpenAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var held = DataFolder.Hold(folder, time);
        try
        {
            DatabaseOpening.Prepare(held.DatabasePath, SchemaVersion);
            return new EmbeddedStore(held, await SqliteFile.OpenAsync(held.DatabasePath, Migrations, cancellationToken), time);
        }
        catch (SqliteException e)
        {
            held.Dispose();
            throw DatabaseFault.Explain(e, held.DatabasePath);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        documents.Dispose();
        Folder.Dispose();
    }
}
