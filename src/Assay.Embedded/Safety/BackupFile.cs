using System.IO.Compression;
using System.Text.Json;
using Assay.Embedded.Folders;
using Assay.Stores;

namespace Assay.Embedded.Safety;

/// <summary>The form of a backup: a zip of the files and a manifest with their sizes and hashes.</summary>
internal static class BackupFile
{
    // Some 200 bytes for each object.
    private const long LargestManifest = 64 << 20;

    /// <summary>Writes the zip beside its name, forces it to disk and renames it.</summary>
    public static BackupManifest Write(
        string target,
        string database,
        IReadOnlyList<ObjectFile> objects,
        BackupManifest about,
        Action<DataProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var manifest = about;
        PrivatePlace.Write(
            target,
            stream =>
            {
                using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
                var packed = Pack(zip, database, about.CreatedAt, progress, cancellationToken);
                var files = PackObjects(zip, objects, about.CreatedAt, progress, cancellationToken);
                manifest = about with { Files = [new BackedUpFile(DataFolder.DatabaseName, packed.Bytes, packed.Sha256), .. files] };
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

    /// <summary>Unpacks the database, and objects into a folder of their own; what comes out is what the manifest promises or nothing.</summary>
    /// <exception cref="AssayException">The file is missing, no backup, damaged, or of a newer form (exit code 2).</exception>
    public static BackupManifest Unpack(string backup, string database, string objects, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            using var zip = ZipFile.OpenRead(backup);
            var manifest = ReadManifest(zip);
            var promised = manifest.Files.FirstOrDefault(f => f.Name == DataFolder.DatabaseName) ?? throw new InvalidDataException("it holds no database");
            Unpack(zip, promised, database, progress, cancellationToken);
            foreach (var promise in Objects(manifest))
            {
                UnpackObject(zip, promise, objects, progress, cancellationToken);
            }

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

    /// <summary>The objects that a manifest names.</summary>
    public static IEnumerable<BackedUpFile> Objects(BackupManifest manifest) =>
        manifest.Files.Where(file => file.Name.StartsWith(ObjectFiles.Prefix, StringComparison.Ordinal));

    private static List<BackedUpFile> PackObjects(
        ZipArchive zip,
        IReadOnlyList<ObjectFile> objects,
        DateTimeOffset at,
        Action<DataProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var packed = new List<BackedUpFile>(objects.Count);
        foreach (var one in objects)
        {
            // Deleted since they were listed: not in the backup, as if it had begun a moment later.
            using var from = ObjectFiles.Open(one.Path);
            if (from is not null)
            {
                var name = ObjectFiles.Prefix + one.Name;
                using var to = Entry(zip, name, at).Open();
                var copied = HashedCopy.Run(from, to, from.Length, _ => { }, cancellationToken);
                packed.Add(new BackedUpFile(name, copied.Bytes, copied.Sha256));
                progress(new DataProgress("objects", packed.Count, objects.Count));
            }
        }

        return packed;
    }

    private static void UnpackObject(ZipArchive zip, BackedUpFile promised, string folder, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var name = promised.Name[ObjectFiles.Prefix.Length..];
        if (!ObjectName.IsAllowed(name))
        {
            throw new InvalidDataException($"'{promised.Name}' in it is no name of an object");
        }

        var path = ObjectFiles.PathOf(folder, name);
        PrivatePlace.MakeFolder(Path.GetDirectoryName(path)!);
        Unpack(zip, promised, path, progress, cancellationToken);
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
        var entry = zip.GetEntry(promised.Name) ?? throw new InvalidDataException($"'{promised.Name}' is not in it");
        using var from = entry.Open();
        using var to = new FileStream(database, PrivatePlace.Opening(FileMode.Create, FileAccess.Write, FileShare.None));
        var unpacked = HashedCopy.Run(from, to, promised.Bytes, done => progress(new DataProgress("unpack", done, promised.Bytes)), cancellationToken);
        to.Flush(flushToDisk: true);
        if (unpacked != new CopiedContent(promised.Bytes, promised.Sha256))
        {
            throw new InvalidDataException(
                promised.Name == DataFolder.DatabaseName
                    ? "its database is not the one that its manifest names"
                    : $"its '{promised.Name}' is not the one that its manifest names"
            );
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
