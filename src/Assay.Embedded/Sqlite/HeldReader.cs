using Assay.Embedded.Safety;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Sqlite;

/// <summary>A connection in a transaction that reads: all its queries see the same commits, those before the first of them. For one query at a time.</summary>
internal sealed class HeldReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string path;
    private readonly Action<SqliteConnection> giveBack;

    public HeldReader(SqliteConnection connection, string path, Action<SqliteConnection> giveBack)
    {
        (this.connection, this.path, this.giveBack) = (connection, path, giveBack);
        raw.sqlite3_exec(connection.Handle, "BEGIN");
    }

    public Task<T> RunAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                try
                {
                    return query(connection);
                }
                catch (SqliteException fault)
                {
                    throw DatabaseFault.Explain(fault, path);
                }
            },
            cancellationToken
        );

    public void Dispose()
    {
        raw.sqlite3_exec(connection.Handle, "ROLLBACK");
        giveBack(connection);
    }
}
