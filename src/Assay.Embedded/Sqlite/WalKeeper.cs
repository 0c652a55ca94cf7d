using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Sqlite;

/// <summary>
/// Moves the write-ahead log into the file. Most of it is moved aside by a connection of its own, while the writer goes on; what came meanwhile
/// is little, is moved between two commits, and then the log begins anew. Readers are never in the way: what they still read waits for the next time.
/// </summary>
internal sealed class WalKeeper(SqliteConnection connection) : IDisposable
{
    /// <summary>Bytes written to the log since the last move after which the next begins.</summary>
    private const long BytesBetween = 8L << 20;

    /// <summary>When the log has grown so large, as the disk or a reader is slow, the writer moves all of it itself and others wait.</summary>
    public const long MostBytes = 64L << 20;

    private readonly long pageBytes = PageBytes(connection);
    private readonly string path = connection.DataSource;
    private Task aside = Task.CompletedTask;
    private bool isBehind;
    private bool isTrimWanted;
    private long written;

    /// <summary>Has the log emptied after the next commit, and so the file cut to what it holds; for when much was deleted.</summary>
    public void Trim() => isTrimWanted = true;

    /// <summary>A commit was written; called by the writer between commits.</summary>
    public void Written()
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        written += pages * pageBytes;
        if (isTrimWanted)
        {
            isTrimWanted = false;
            Empty();
            return;
        }

        if (!aside.IsCompleted && written < MostBytes)
        {
            return;
        }

        if (isBehind || written >= MostBytes)
        {
            FinishMove();
        }
        else if (written >= BytesBetween)
        {
            isBehind = true;
            aside = Task.Run(MoveAside);
        }
    }

    public void Dispose() => aside.Wait();

    private void FinishMove()
    {
        aside.Wait();
        isBehind = false;
        var code = raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var log, out var moved);
        written = code == raw.SQLITE_OK ? (log - moved) * pageBytes : written;
    }

    /// <summary>A reader that is in the way is not waited for: then the log is as long as before and is used again.</summary>
    private void Empty()
    {
        FinishMove();
        raw.sqlite3_busy_timeout(connection.Handle, 0);
        raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        raw.sqlite3_busy_timeout(connection.Handle, SqliteFile.BusyMs);
    }

    /// <summary>An error here is none of a write: the next move, or the next commit, meets it again.</summary>
    private void MoveAside()
    {
        try
        {
            using var own = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            own.Open();
            raw.sqlite3_wal_checkpoint_v2(own.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        }
        catch (SqliteException)
        {
            // The writer moves all of it then, and its commits meet the same error.
        }
    }

    private static long PageBytes(SqliteConnection connection)
    {
        using var query = new Statement(connection, "PRAGMA page_size");
        return query.Step() ? query.Long(0) : 4096;
    }
}
