using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Sqlite;

/// <summary>Turns errors of the disk and of the file into errors that a person can mend.</summary>
internal static class SqliteFault
{
    /// <summary>The same error with its fix when it is one of disk or file, else the error itself.</summary>
    public static Exception Explain(Exception error, string? path)
    {
        var file = path ?? "the database";
        return error is not SqliteException { SqliteErrorCode: var code }
            ? error
            : code switch
            {
                raw.SQLITE_FULL => AssayException.Infrastructure(
                    $"There is no room on the disk for {file}; nothing of this write was kept.",
                    "Free space on the disk of the data folder, or keep telemetry for a shorter time. Writing goes on by itself then.",
                    error
                ),
                raw.SQLITE_IOERR => AssayException.Infrastructure(
                    $"The disk failed while {file} was written; nothing of this write was kept: {error.Message}",
                    "Look at the disk of the data folder: space, permissions, the system's log. Writing goes on by itself when it works again.",
                    error
                ),
                raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => AssayException.Infrastructure(
                    $"The file {file} is damaged: {error.Message}",
                    "Stop the hub, run `assay data check`, and bring back a backup with `assay data restore`.",
                    error
                ),
                raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => AssayException.Infrastructure(
                    $"The file {file} cannot be written: {error.Message}",
                    "Give this user write permission for the data folder and its files.",
                    error
                ),
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => AssayException.Infrastructure(
                    $"Another process holds the file {file}.",
                    "Stop the other process, or use another data folder with --data.",
                    error
                ),
                _ => error,
            };
    }
}
