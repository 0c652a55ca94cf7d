using System.Collections.Concurrent;
using Assay.Embedded.Safety;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Sqlite;

/// <summary>One SQLite file in WAL mode: many readers, and one writer that commits what waits together.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    /// <summary>The writer looks up traces by their random ids: so many pages it keeps, which hold a quarter of a million traces.</summary>
    private const int WriterCacheKiB = 32 << 10;

    /// <summary>How long another process is waited for that holds the file.</summary>
    public const int BusyMs = 5_000;

    /// <summary>SQLite's own default for those who read.</summary>
    private const int ReaderCacheKiB = 2 << 10;

    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly string connecting;

    private SqliteFile(string path, SqliteOpenMode mode)
    {
        Path = path;
        connecting = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString();
        Writer = new SqliteWriter(Connect(WriterCacheKiB));
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>The one who writes.</summary>
    public SqliteWriter Writer { get; }

    /// <summary>Opens the file, or makes it, and brings its tables up to date.</summary>
    public static async Task<SqliteFile> OpenAsync(string path, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        Batteries_V2.Init();
        var file = new SqliteFile(path, SqliteOpenMode.ReadWriteCreate);
        await file.Writer.RunAsync(connection => Migration.Apply(connection, migrations), cancellationToken);
        return file;
    }

    /// <summary>Opens a file that is there and that another process may write to; what is written here is refused.</summary>
    public static SqliteFile OpenToRead(string path)
    {
        Batteries_V2.Init();
        return new SqliteFile(path, SqliteOpenMode.ReadOnly);
    }

    /// <summary>Runs a query on a connection of its own; it sees everything that was committed.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                var connection = readers.TryTake(out var free) ? free : Connect(ReaderCacheKiB);
                try
                {
                    return Consistent(connection, query);
                }
                catch (SqliteException fault)
                {
                    throw DatabaseFault.Explain(fault, Path);
                }
                finally
                {
                    readers.Add(connection);
                }
            },
            cancellationToken
        );

    /// <summary>A connection for several queries that see the same commits.</summary>
    public Task<HeldReader> HoldReaderAsync(CancellationToken cancellationToken) =>
        Task.Run(() => new HeldReader(readers.TryTake(out var free) ? free : Connect(ReaderCacheKiB), Path, readers.Add), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    /// <summary>All statements of a query see the same commits.</summary>
    private static T Consistent<T>(SqliteConnection connection, Func<SqliteConnection, T> query)
    {
        raw.sqlite3_exec(connection.Handle, "BEGIN");
        try
        {
            return query(connection);
        }
        finally
        {
            raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        }
    }

    private SqliteConnection Connect(int cacheKiB)
    {
        var connection = new SqliteConnection(connecting);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText =
            $"PRAGMA cache_size=-{cacheKiB}; PRAGMA journal_size_limit={WalKeeper.MostBytes}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout={BusyMs}; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;";
        pragmas.ExecuteNonQuery();
        return connection;
    }
}
