using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Sqlite;

/// <summary>Moves the write-ahead log into the file between commits, so that the log stays small.</summary>
internal sealed class WalKeeper(SqliteConnection connection)
{
    /// <summary>Pages written since the last move after which the next begins: 16 MiB of 4 KiB pages.</summary>
    private const int PagesBetween = 4096;

    private int pages;

    /// <summary>A commit was written.</summary>
    public void Written()
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, resetFlg: 1);
        pages += written;
        if (pages < PagesBetween)
        {
            return;
        }

        pages = 0;
        raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
    }
}
