using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Safety;

/// <summary>Copies a database page by page while another process may write to it. The copy is what was committed when it began.</summary>
internal static class DatabaseCopy
{
    // 8 MB at 4,096 bytes a page: progress is seen and a stop is heard within a fraction of a second.
    private const int PagesAStep = 2048;

    public static void Run(string from, string to, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        using var source = DatabaseConnection.Open(from, SqliteOpenMode.ReadOnly);
        DatabaseOpening.RefuseOther(source, from, EmbeddedStore.SchemaVersion);
        using var copy = DatabaseConnection.Open(to, SqliteOpenMode.ReadWriteCreate);
        // It is forced to disk when it has its final form.
        copy.Run("PRAGMA synchronous=OFF");
        // An open read transaction keeps the source as it is; without it each foreign write would begin the copy anew.
        using var snapshot = source.BeginTransaction(deferred: true);
        source.Number("SELECT count(*) FROM sqlite_master");
        CopyPages(source, copy, source.Number("PRAGMA page_size"), progress, cancellationToken);
        snapshot.Commit();
        // The copy is one file, without a log beside it.
        copy.Run("PRAGMA journal_mode=DELETE");
    }

    private static void CopyPages(
        SqliteConnection source,
        SqliteConnection copy,
        long pageBytes,
        Action<DataProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var backup = raw.sqlite3_backup_init(copy.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(copy.Handle), copy.Handle);
        }

        for (var code = raw.SQLITE_OK; code != raw.SQLITE_DONE; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(backup, PagesAStep);
            if (code is not raw.SQLITE_OK and not raw.SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(code, copy.Handle);
            }

            var pages = raw.sqlite3_backup_pagecount(backup);
            progress(new DataProgress("copy", (pages - raw.sqlite3_backup_remaining(backup)) * pageBytes, pages * pageBytes));
        }
    }
}
