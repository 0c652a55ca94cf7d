using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Safety;

/// <summary>Says in words, with what to do, why SQLite failed; https://www.sqlite.org/rescode.html.</summary>
internal static class DatabaseFault
{
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public static AssayException Explain(SqliteException fault, string path) =>
        fault.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => AssayException.Infrastructure(
                $"There is no room on the disk for '{path}'; nothing of this write was kept.",
                "Make room on the disk, or keep telemetry for a shorter time. What was acknowledged is safe, and writing goes on by itself.",
                fault
            ),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(path, Words(fault), fault),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => AssayException.Infrastructure(
                $"'{path}' cannot be opened or written: {Words(fault)}.",
                "Check that the folder and its files belong to you and are writable, or give another place.",
                fault
            ),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => AssayException.Infrastructure(
                $"'{path}' is locked by another process.",
                "Stop the other process that has the file open, or try again when it is done.",
                fault
            ),
            raw.SQLITE_IOERR => AssayException.Infrastructure(
                $"'{path}' cannot be read or written: {Words(fault)}.",
                "Look at the disk: space, permissions, the system's log. Writing goes on by itself when it works again.",
                fault
            ),
            _ => AssayException.Infrastructure($"'{path}': {Words(fault)}.", "Run `assay data check` to see whether the database is sound.", fault),
        };

    /// <summary>The file is there and cannot be trusted.</summary>
    public static AssayException Damaged(string path, string how, Exception? inner = null) =>
        AssayException.Infrastructure(
            $"The database '{path}' is damaged: {how}.",
            "See what is wrong with `assay data check`; put a backup back with `assay data restore FILE`.",
            inner
        );

    /// <summary>"SQLite Error 11: 'database disk image is malformed'." → the words between the quotes.</summary>
    public static string Words(SqliteException fault)
    {
        var (begin, end) = (fault.Message.IndexOf('\''), fault.Message.LastIndexOf('\''));
        return begin >= 0 && end > begin ? fault.Message[(begin + 1)..end] : fault.Message.TrimEnd('.');
    }
}
