using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Safety;

/// <summary>Says in words, with what to do, why SQLite failed.</summary>
internal static class DatabaseFault
{
    // Result codes of SQLite: https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is Corrupt or NotADatabase;

    public static bool IsFull(SqliteException fault) => fault.SqliteErrorCode is Full;

    public static AssayException Explain(SqliteException fault, string path) =>
        fault.SqliteErrorCode switch
        {
            Full => AssayException.Infrastructure(
                $"The disk is full: '{path}' cannot grow.",
                "Make room on the disk; what was acknowledged is safe, and the next write succeeds without a restart.",
                fault
            ),
            Corrupt or NotADatabase => Damaged(path, Words(fault), fault),
            ReadOnly or CannotOpen => AssayException.Infrastructure(
                $"'{path}' cannot be opened for writing: {Words(fault)}.",
                "Check that the folder and its files belong to you and are writable, or name another folder with --data.",
                fault
            ),
            Busy => AssayException.Infrastructure(
                $"'{path}' is locked by another process.",
                "Stop the other process that has the file open, or try again when it is done.",
                fault
            ),
            InputOutput => AssayException.Infrastructure(
                $"'{path}' cannot be read or written: {Words(fault)}.",
                "Check the disk and its free space, then run `assay data check`.",
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

    // "SQLite Error 11: 'database disk image is malformed'." → the words between the quotes.
    public static string Words(SqliteException fault)
    {
        var (begin, end) = (fault.Message.IndexOf('\''), fault.Message.LastIndexOf('\''));
        return begin >= 0 && end > begin ? fault.Message[(begin + 1)..end] : fault.Message.TrimEnd('.');
    }
}
