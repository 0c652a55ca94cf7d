using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Safety;

/// <summary>Damage, as SQLite finds it (https://www.sqlite.org/rescode.html) and as it is told.</summary>
internal static class DatabaseFault
{
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>The file is there and cannot be trusted.</summary>
    public static AssayException Damaged(string path, string how) =>
        AssayException.Infrastructure(
            $"The database '{path}' is damaged: {how}.",
            "See what is wrong with `assay data check`; put a backup back with `assay data restore FILE`."
        );

    /// <summary>"SQLite Error 11: 'database disk image is malformed'." → the words between the quotes.</summary>
    public static string Words(SqliteException fault)
    {
        var (begin, end) = (fault.Message.IndexOf('\''), fault.Message.LastIndexOf('\''));
        return begin >= 0 && end > begin ? fault.Message[(begin + 1)..end] : fault.Message.TrimEnd('.');
    }
}
