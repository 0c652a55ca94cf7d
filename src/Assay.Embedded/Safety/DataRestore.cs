using Assay.Embedded.Folders;
using Assay.Files;

namespace Assay.Embedded.Safety;

/// <summary>Puts a backup back. It holds the folder; the database that was there is kept as <c>assay.db.before-restore</c>, its objects as <c>objects.before-restore</c>.</summary>
public static class DataRestore
{
    // SQLite's files beside a database. They move before it: a log that stays behind would be taken for that of the new database.
    private static readonly string[] Parts = ["-shm", "-wal", ""];

    /// <summary>Restores. Nothing of the folder changes before the backup is unpacked and found whole and sound; a restore that was interrupted after that is finished by running it again.</summary>
    /// <param name="backup">A file that <see cref="DataBackup"/> wrote.</param>
    /// <param name="folder">The data folder; made when it is not there.</param>
    /// <param name="replace">Whether a database that is there may be replaced.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left of it.</param>
    /// <exception cref="AssayException">
    /// The backup cannot be used, or a database is there and may not be replaced (exit code 2); the folder is held, or the disk is full (exit code 4).
    /// </exception>
    public static DataRestoreReport Run(
        string backup,
        string folder,
        bool replace,
        TimeProvider time,
        Action<DataProgress> progress,
        CancellationToken cancellationToken
    )
    {
        BackupFile.DemandThere(backup);
        using var held = DataFolder.Hold(folder, time);
        var places = RestorePlaces.Of(held.DatabasePath);
        RefuseToReplace(held.DatabasePath, places, replace);
        try
        {
            // What an interrupted restore left.
            Remove(places.NewObjects);
            var manifest = BackupFile.Unpack(Path.GetFullPath(backup), places.Unpacking, places.NewObjects, progress, cancellationToken);
            RefuseUnsound(backup, places.Unpacking, progress, cancellationToken);
            AtomicFile.Rename(places.Unpacking, places.Ready, overwrite: true);
            SetAside(held.DatabasePath, places.Before);
            PutObjects(places);
            AtomicFile.Rename(places.Ready, held.DatabasePath, overwrite: false);
            return new DataRestoreReport(held.DatabasePath, File.Exists(places.Before) ? places.Before : null, manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure(
                $"Cannot write to '{held.Path}': {e.Message}",
                "Check that the folder is writable and that the disk has room.",
                e
            );
        }
        finally
        {
            File.Delete(places.Unpacking);
            Forget(places.NewObjects);
        }
    }

    /// <summary>The new objects take the place of the old ones. A backup without objects leaves those that are there: a document may name them.</summary>
    private static void PutObjects(RestorePlaces places)
    {
        if (!Directory.Exists(places.NewObjects))
        {
            return;
        }

        if (Directory.Exists(places.ObjectsBefore))
        {
            // The old ones were set aside before this restore was interrupted; what is there now is a copy of the new ones.
            Remove(places.Objects);
        }
        else if (Directory.Exists(places.Objects))
        {
            Directory.Move(places.Objects, places.ObjectsBefore);
        }

        Directory.Move(places.NewObjects, places.Objects);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Forget(string folder)
    {
        try
        {
            Remove(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next restore clears it.
        }
    }

    private static void RefuseToReplace(string database, RestorePlaces places, bool replace)
    {
        // The marker of an interrupted restore: what is still there under the old name was to be replaced already.
        if (!File.Exists(places.Ready) && Directory.Exists(places.ObjectsBefore))
        {
            throw AssayException.Usage($"'{places.ObjectsBefore}' of an earlier restore is still there.", "Move it away or delete it, then restore again.");
        }

        if (File.Exists(places.Ready) || !Parts.Any(part => File.Exists(database + part)))
        {
            return;
        }

        if (!replace && File.Exists(database))
        {
            throw AssayException.Usage(
                $"'{database}' is there, with {DataCheck.SizeOf(database):#,0} bytes.",
                $"Give --yes to replace it; it is kept as {Path.GetFileName(places.Before)}."
            );
        }

        if (File.Exists(places.Before))
        {
            throw AssayException.Usage($"'{places.Before}' of an earlier restore is still there.", "Move it away or delete it, then restore again.");
        }

        // Those of a database that somebody moved away would be taken for those of the next one.
        Array.ForEach(Parts, part => File.Delete(places.Before + part));
    }

    private static void RefuseUnsound(string backup, string unpacked, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var check = DataCheck.RunFile(unpacked, progress, cancellationToken);
        if (check.Verdict != Verdict.Pass)
        {
            throw AssayException.Usage(
                $"The database in '{backup}' is damaged: {check.Parts.SelectMany(p => p.Problems).First()}.",
                "Give another backup; nothing was changed."
            );
        }
    }

    private static void SetAside(string database, string before)
    {
        foreach (var part in Parts.Where(part => File.Exists(database + part)))
        {
            AtomicFile.Rename(database + part, before + part, overwrite: true);
        }
    }
}

/// <summary>A backup that was put back.</summary>
/// <param name="Database">The database.</param>
/// <param name="Before">Where the database lies that was there before; null when there was none.</param>
/// <param name="Manifest">What was in the backup.</param>
public sealed record DataRestoreReport(string Database, string? Before, BackupManifest Manifest);
