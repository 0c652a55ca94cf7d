using System.Collections.Concurrent;
using Assay.Embedded.Safety;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Sqlite;

/// <summary>One SQLite file in WAL mode: many readers, and one writer that commits what waits together.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
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
        Writer = new SqliteWriter(Connect());
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>The one who writes.</summary>
    public SqliteWriter Writer { get; }

    /// <summary>Opens the file, or makes it, and brings its tables up to date.</summary>
    public static async Task<SqliteFile> OpenAsync(string path, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        SQLitePCL.Batteries_V2.Init();
        var file = new SqliteFile(path, SqliteOpenMode.ReadWriteCreate);
        await file.Writer.RunAsync(connection => Migration.Apply(connection, migrations), cancellationToken);
        return file;
    }

    /// <summary>Opens a file that is there and that another process may write to; what is written here is refused.</summary>
    public static SqliteFile OpenToRead(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        return new SqliteFile(path, SqliteOpenMode.ReadOnly);
    }

    /// <summary>Runs a query on a connection of its own; it sees everything that was committed.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                var connection = readers.TryTake(out var free) ? free : Connect();
                try
                {
                    return query(connection);
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

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connecting);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;";
        pragmas.ExecuteNonQuery();
        return connection;
    }
}
