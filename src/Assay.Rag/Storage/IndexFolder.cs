using System.Security.Cryptography;
using System.Text.Json;
using Assay.Files;

namespace Assay.Rag.Storage;

/// <summary>What an index was made with, and the hash of each of its files. Holds no time and no place, so that equal runs make equal manifests.</summary>
/// <param name="FormatVersion">Version of the index files.</param>
/// <param name="ToolVersion">Version of Assay that wrote it.</param>
/// <param name="Documents">Number of documents.</param>
/// <param name="Chunks">Number of chunks.</param>
/// <param name="Settings">Settings that shaped the index.</param>
/// <param name="Models">Models that made it.</param>
/// <param name="Files">File name to SHA-256, lower-case hexadecimal.</param>
internal sealed record IndexManifest(
    int FormatVersion,
    string ToolVersion,
    int Documents,
    int Chunks,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<string> Models,
    IReadOnlyDictionary<string, string> Files
)
{
    /// <summary>The setting that names the model of the vectors, where it is not the one that was learned from the documents.</summary>
    public const string DenseModel = "dense_model";
}

/// <summary>A folder with the files of one index. It is built aside and takes its place whole, manifest included.</summary>
internal static class IndexFolder
{
    public const string Name = "index";
    public const string ManifestName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Lets <paramref name="build"/> fill a folder beside the final place, adds the manifest and swaps it in.</summary>
    public static async Task<IndexManifest> ReplaceAsync(string folder, Func<string, Task<IndexManifest>> build)
    {
        var aside = folder + ".partial";
        try
        {
            RecoverFrom(folder);
            Remove(aside);
            Directory.CreateDirectory(aside);
            var manifest = (await build(aside)) with { Files = Hashes(aside) };
            AtomicFile.WriteText(Path.Combine(aside, ManifestName), JsonSerializer.Serialize(manifest, Json) + "\n");
            var old = OldOf(folder);
            if (Directory.Exists(folder))
            {
                Directory.Move(folder, old);
            }

            Directory.Move(aside, folder);
            Remove(old);
            return manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure(
                $"Cannot write the index '{folder}': {e.Message}",
                "Check that the folder is writable and that the disk has room.",
                e
            );
        }
        finally
        {
            RemoveIfPossible(aside);
        }
    }

    /// <summary>Whether there is an index where <see cref="Find"/> would look.</summary>
    public static bool IsThere(string named) => Places(named).Any(f => File.Exists(Path.Combine(f, ManifestName)));

    /// <summary>Finds the index that a person named: the folder itself or the output folder that holds it.</summary>
    /// <exception cref="AssayException">There is none, or its manifest cannot be read (exit code 2).</exception>
    public static (string Folder, IndexManifest Manifest) Find(string named)
    {
        // Looked for twice: a run may do the first of its two renames behind one look and the second before the next.
        var folder = Places(named).Concat(Places(named)).FirstOrDefault(f => File.Exists(Path.Combine(f, ManifestName)));
        return folder is not null
            ? (folder, ReadManifest(Path.Combine(folder, ManifestName)))
            : throw AssayException.Usage($"There is no index in '{named}'.", $"Build one with `assay rag run FOLDER --out {named}`.");
    }

    private static IEnumerable<string> Places(string named)
    {
        string[] places = [named, Path.Combine(named, Name)];
        // A run that was killed between its two renames, or is between them now, has the whole index under .old.
        return places.Concat(places.Where(p => !Directory.Exists(p)).Select(OldOf));
    }

    private static string OldOf(string folder) => Path.TrimEndingDirectorySeparator(folder) + ".old";

    /// <summary>A process that was killed between the two renames left the whole index before it under the name .old; it takes its place again.</summary>
    private static void RecoverFrom(string folder)
    {
        var old = OldOf(folder);
        if (!Directory.Exists(old) || !File.Exists(Path.Combine(old, ManifestName)))
        {
            return;
        }

        if (Directory.Exists(folder))
        {
            Remove(old);
        }
        else
        {
            Directory.Move(old, folder);
        }
    }

    private static IndexManifest ReadManifest(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<IndexManifest>(File.ReadAllBytes(path), Json) is { Files: not null, Settings: not null } manifest
                ? manifest
                : throw new JsonException("it is not a manifest");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"'{path}' cannot be read: {e.Message}", "Build the index again with `assay rag run`.", e);
        }
    }

    private static SortedDictionary<string, string> Hashes(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            hashes[Path.GetFileName(path)] = HashOf(path);
        }

        return hashes;
    }

    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void RemoveIfPossible(string folder)
    {
        try
        {
            Remove(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is the error worth reporting; the next run removes the rest.
        }
    }
}
