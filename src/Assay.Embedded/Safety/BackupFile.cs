using System.IO.Compression;
using System.Text.Json;
using Assay.Embedded.Folders;

namespace Assay.Embedded.Safety;

/// <summary>The form of a backup: a zip of the files and a manifest with their sizes and hashes.</summary>
internal static class BackupFile
{
    private const long LargestManifest = 1 << 20;

    /// <summary>Writes the zip beside its name, forces it to disk and renames it.</summary>
    public static BackupManifest Write(string target, string database, BackupManifest about, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var manifest = about;
        PrivatePlace.Write(
            target,
            stream =>
            {
                using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
                var packed = Pack(zip, database, about.CreatedAt, progress, cancellationToken);
                manifest = about with { Files = [new BackedUpFile(DataFolder.DatabaseName, packed.Bytes, packed.Sha256)] };
                using var entry = Entry(zip, BackupManifest.Name, about.CreatedAt).Open();
                JsonSerializer.Serialize(entry, manifest, BackupManifestJson.Default.BackupManifest);
            }
        );
        return manifest;
    }

    /// <summary>Whether a file is a backup.</summary>
    public static bool IsBackup(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return ReadManifest(zip).Files.Count > 0;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Refuses a file that is not there, before anybody is asked about the database that it would replace.</summary>
    /// <exception cref="AssayException">The file is missing (exit code 2).</exception>
    public static void DemandThere(string backup)
    {
        if (!File.Exists(backup))
        {
            throw Missing(backup);
        }
    }

    /// <summary>Unpacks the database; what comes out is what the manifest promises or nothing.</summary>
    /// <exception cref="AssayException">The file is missing, no backup, damaged, or of a newer form (exit code 2).</exception>
    public static BackupManifest Unpack(string backup, string database, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            using var zip = ZipFile.OpenRead(backup);
            var manifest = ReadManifest(zip);
            var promised = manifest.Files.FirstOrDefault(f => f.Name == DataFolder.DatabaseName) ?? throw new InvalidDataException("it holds no database");
            Unpack(zip, promised, database, progress, cancellationToken);
            return manifest;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(backup, e);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            var reason = e is JsonException ? "its manifest cannot be read" : e.Message.TrimEnd('.');
            throw AssayException.Usage($"'{backup}' is no usable backup: {reason}.", "Give a whole file that `assay data backup` wrote.", e);
        }
    }

    private static CopiedContent Pack(ZipArchive zip, string database, DateTimeOffset at, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        using var from = File.OpenRead(database);
        using var to = Entry(zip, DataFolder.DatabaseName, at).Open();
        var total = from.Length;
        return HashedCopy.Run(from, to, total, done => progress(new DataProgress("pack", done, total)), cancellationToken);
    }

    private static void Unpack(ZipArchive zip, BackedUpFile promised, string database, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(promised.Name) ?? throw new InvalidDataException("the database is not in it");
        using var from = entry.Open();
        using var to = new FileStream(database, PrivatePlace.Opening(FileMode.Create, FileAccess.Write, FileShare.None));
        var unpacked = HashedCopy.Run(from, to, promised.Bytes, done => progress(new DataProgress("unpack", done, promised.Bytes)), cancellationToken);
        to.Flush(flushToDisk: true);
        if (unpacked != new CopiedContent(promised.Bytes, promised.Sha256))
        {
            throw new InvalidDataException("its database is not the one that its manifest names");
        }
    }

    private static BackupManifest ReadManifest(ZipArchive zip)
    {
        var entry = zip.GetEntry(BackupManifest.Name) ?? throw new InvalidDataException("it has no manifest");
        if (entry.Length > LargestManifest)
        {
            throw new InvalidDataException("its manifest is too large");
        }

        using var stream = entry.Open();
        var manifest = JsonSerializer.Deserialize(stream, BackupManifestJson.Default.BackupManifest) ?? throw new InvalidDataException("its manifest is empty");
        return manifest.Format == BackupManifest.CurrentFormat
            ? manifest
            : throw new InvalidDataException($"its form is '{manifest.Format}', this program knows '{BackupManifest.CurrentFormat}'");
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name, DateTimeOffset at)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        // A zip knows no time before 1980.
        entry.LastWriteTime = at.Year is >= 1980 and <= 2107 ? at : new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry;
    }

    private static AssayException Missing(string backup, Exception? inner = null) =>
        AssayException.Usage($"There is no backup '{backup}'.", "Give a file that `assay data backup` wrote.", inner);
}
