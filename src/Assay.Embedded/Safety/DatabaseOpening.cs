using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Safety;

/// <summary>What is looked at before a database is used: quick enough for every start. <see cref="DataCheck"/> looks at everything.</summary>
internal static class DatabaseOpening
{
    // Every page of a file up to here is looked at, which takes about a tenth of a second; of a larger one only the header and the tables' names.
    private const long QuickBytes = 32L << 20;

    /// <summary>Makes the database when there is none, and refuses one that cannot be used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">The newest version of the tables that this program knows.</param>
    /// <exception cref="AssayException">The file is damaged, foreign, newer than the program, or half restored (exit code 4).</exception>
    public static void Prepare(string path, long known)
    {
        RefuseHalfRestored(path);
        if (!File.Exists(path))
        {
            RefuseLostDatabase(path);
            NewDatabase.Create(path);
            return;
        }

        RefuseUnsound(path, known);
    }

    /// <summary>Refuses a database that cannot be used.</summary>
    public static void RefuseUnsound(string path, long known)
    {
        RefuseHalfRestored(path);
        if (DatabaseHeader.Fault(path) is { } damage)
        {
            throw DatabaseFault.Damaged(path, damage);
        }

        try
        {
            using var connection = DatabaseConnection.Open(path, SqliteOpenMode.ReadWrite);
            RefuseOther(connection, path, known);
            if (new FileInfo(path).Length <= QuickBytes && Pragma(connection, "quick_check(1)") is not "ok" and var fault)
            {
                throw DatabaseFault.Damaged(path, fault);
            }
        }
        catch (SqliteException e)
        {
            throw DatabaseFault.Explain(e, path);
        }
    }

    /// <summary>Refuses a database that cannot be read as it is; it is not changed.</summary>
    public static void PrepareToRead(string path, long known)
    {
        RefuseHalfRestored(path);
        if (!File.Exists(path))
        {
            throw AssayException.Usage($"There is no database '{path}'.", "Give the data folder of a hub with --data.");
        }

        if (DatabaseHeader.Fault(path) is { } damage)
        {
            throw DatabaseFault.Damaged(path, damage);
        }

        try
        {
            using var connection = DatabaseConnection.Open(path, SqliteOpenMode.ReadOnly);
            RefuseOther(connection, path, known);
            RefuseOlder(connection, path, known);
        }
        catch (SqliteException e)
        {
            throw DatabaseFault.Explain(e, path);
        }
    }

    /// <summary>Refuses what another program or a newer version of this one wrote.</summary>
    public static void RefuseOther(SqliteConnection connection, string path, long known)
    {
        if (connection.Number("PRAGMA application_id") != NewDatabase.ApplicationId)
        {
            throw AssayException.Infrastructure($"'{path}' is not a database of Assay.", "Give another folder with --data.");
        }

        var version = connection.Number("PRAGMA user_version");
        if (version > known)
        {
            throw AssayException.Infrastructure(
                $"'{path}' was written by a newer Assay: its tables have version {version}, this program knows {known}.",
                "Update assay, or give another folder with --data."
            );
        }

        connection.Number("SELECT count(*) FROM sqlite_master");
    }

    private static void RefuseOlder(SqliteConnection connection, string path, long known)
    {
        if (connection.Number("PRAGMA user_version") is var version && version < known)
        {
            throw AssayException.Infrastructure(
                $"'{path}' was written by an older Assay: its tables have version {version}, this program reads {known}.",
                "Start `assay serve` once: it brings the tables up to date."
            );
        }
    }

    /// <summary>Refuses a folder in which a restore stopped halfway.</summary>
    public static void RefuseHalfRestored(string path)
    {
        if (File.Exists(RestorePlaces.Of(path).Ready))
        {
            throw AssayException.Infrastructure(
                $"A restore of '{path}' was interrupted.",
                "Run the same `assay data restore FILE` again: it finishes what it began."
            );
        }
    }

    // A log without its database would be taken for that of the new one.
    private static void RefuseLostDatabase(string path)
    {
        if (File.Exists(path + "-wal"))
        {
            throw DatabaseFault.Damaged(path, "the file is missing, its log is there");
        }
    }

    private static string Pragma(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return command.ExecuteScalar() as string ?? "";
    }
}
