using Assay.Embedded.Folders;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Safety;

/// <summary>Makes backups of a data folder. It only reads the folder, and works while another process holds it and writes.</summary>
public static class DataBackup
{
    // An object is replaced a moment before the document that names it; a copy takes far longer than that.
    private const int MostCopies = 3;

    /// <summary>Writes a backup: one file, checked, that appears under its name only when it is whole.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="target">The file; an earlier backup under this name is replaced.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left of it.</param>
    /// <exception cref="AssayException">
    /// There is no database, or the target is a file of another kind (exit code 2); the database is damaged, or the disk is full (exit code 4).
    /// </exception>
    public static DataBackupReport Run(string folder, string target, TimeProvider time, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        folder = Path.GetFullPath(folder);
        var database = Path.Combine(folder, DataFolder.DatabaseName);
        target = Path.GetFullPath(target);
        Refuse(database, target);
        var copy = target + ".database.partial";
        try
        {
            // Made here and not by SQLite, so that nobody else may read it.
            new FileStream(copy, PrivatePlace.Opening(FileMode.Create, FileAccess.Write, FileShare.None)).Dispose();
            var at = time.GetUtcNow();
            var version = CopySound(folder, copy, progress, cancellationToken);
            var about = new BackupManifest(BackupManifest.CurrentFormat, at, version, []);
            var manifest = BackupFile.Write(target, copy, ObjectFiles.In(folder), about, progress, cancellationToken);
            return new DataBackupReport(target, new FileInfo(target).Length, manifest);
        }
        catch (SqliteException e)
        {
            throw DatabaseFault.Explain(e, e.SqliteErrorCode == raw.SQLITE_FULL ? copy : database);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure($"Cannot write '{target}': {e.Message}", "Name a file in a folder that exists, is writable and has room.", e);
        }
        finally
        {
            Forget(copy);
            Forget(copy + "-journal");
        }
    }

    /// <summary>Deletes a file that may not be there. Where that fails, what went wrong before is worth reporting, such as a folder that is missing.</summary>
    private static void Forget(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next backup to this place writes over it.
        }
    }

    /// <summary>Copies the database until its documents name the objects as they are: a hub may replace one while the database is copied.</summary>
    /// <returns>The version of its tables.</returns>
    private static long CopySound(string folder, string copy, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var database = Path.Combine(folder, DataFolder.DatabaseName);
        for (var attempt = 1; ; attempt++)
        {
            DatabaseCopy.Run(database, copy, progress, cancellationToken);
            var check = DataCheck.RunFile(copy, progress, cancellationToken);
            if (check.Verdict != Verdict.Pass)
            {
                throw DatabaseFault.Damaged(database, check.Parts.SelectMany(p => p.Problems).First());
            }

            var damaged = DataCheck.ObjectProblems(copy, folder, cancellationToken).FirstOrDefault(problem => !problem.IsMissing);
            if (damaged is null)
            {
                return check.SchemaVersion;
            }

            if (attempt == MostCopies)
            {
                throw AssayException.Infrastructure(
                    $"Damaged: {damaged.Problem}.",
                    "Hand in again what it belongs to (a run: `assay eval publish RUN`). Where that cannot be done, move the file away: a backup is made without it."
                );
            }
        }
    }

    private static void Refuse(string database, string target)
    {
        DatabaseOpening.RefuseHalfRestored(database);
        if (!File.Exists(database))
        {
            throw AssayException.Usage($"There is no database '{database}' to back up.", "Give the data folder of a hub with --data.");
        }

        if (Directory.Exists(target) || (File.Exists(target) && !BackupFile.IsBackup(target)))
        {
            throw AssayException.Usage($"'{target}' is there and is no backup.", "Name a new file, or an earlier backup that may be replaced.");
        }
    }
}

/// <summary>A backup that was made.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Manifest">What is in it.</param>
public sealed record DataBackupReport(string File, long Bytes, BackupManifest Manifest);
