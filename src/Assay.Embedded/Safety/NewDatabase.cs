using Assay.Embedded.Folders;
using Assay.Files;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Safety;

/// <summary>Makes an empty database. It appears under its name only when it is whole: a file without content is always damage.</summary>
internal static class NewDatabase
{
    /// <summary>"ASAY" in the file's header: a database of Assay and of nobody else.</summary>
    public const int ApplicationId = 0x41534159;

    public static void Create(string path)
    {
        var aside = path + ".new";
        // What an earlier attempt left would be taken for the journal of this one.
        foreach (var part in (string[])["", "-journal", "-wal", "-shm"])
        {
            File.Delete(aside + part);
        }

        // SQLite gives its side files the rights of the database.
        using (new FileStream(aside, PrivatePlace.Opening(FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))) { }

        using (var connection = DatabaseConnection.Open(aside, SqliteOpenMode.ReadWrite))
        {
            // Incremental: what retention deletes can be given back to the disk. It must be set before the first page is written.
            connection.Run($"PRAGMA auto_vacuum=INCREMENTAL; PRAGMA application_id={ApplicationId}; PRAGMA journal_mode=WAL;");
        }

        AtomicFile.Rename(aside, path, overwrite: false);
    }
}
