using Assay.Catalogs;
using Assay.Text;

namespace Assay.Releases.Files;

/// <summary>The releases that a team keeps in git: <c>&lt;catalog&gt;/releases</c>; <c>approvers.yaml</c> in it is none.</summary>
internal static class ReleaseCatalog
{
    /// <summary>The folder of a catalog.</summary>
    public const string Folder = "releases";

    /// <summary>The file of those who may approve.</summary>
    public const string Approvers = "approvers.yaml";

    /// <summary>The most releases of a catalog.</summary>
    public const int Most = 1_000;

    /// <summary>Every release of a catalog, in order of file and line; none when there is no such folder.</summary>
    /// <exception cref="AssayException">A file is wrong, or two releases have one name (exit code 2); the message names file and line.</exception>
    public static IReadOnlyList<ReleaseFile> Read(string catalogFolder)
    {
        var releases = Paths(catalogFolder).SelectMany(CatalogFile.Read<ReleaseFile>).ToList();
        releases.ForEach(ReleaseFiles.Check);
        foreach (var twice in releases.GroupBy(r => r.Name).Where(g => g.Skip(1).Any()))
        {
            throw twice.Last().Place.Error($"there are two releases '{twice.Key}', the other at {twice.First().Place}.", "Name one of them differently.");
        }

        return releases.Count <= Most
            ? releases
            : throw AssayException.Usage($"There are {releases.Count} releases in '{catalogFolder}'.", $"Keep at most {Most}.");
    }

    /// <summary>A release by its name, or that of a file.</summary>
    /// <param name="reference">The name of a release of the catalog, or a path to a file with one release.</param>
    /// <param name="catalogFolder">The folder of the catalog.</param>
    /// <exception cref="AssayException">There is none, or it is wrong (exit code 2).</exception>
    public static ReleaseFile Find(string reference, string catalogFolder)
    {
        if (Path.GetExtension(reference) is ".yaml" or ".yml" or ".json" || File.Exists(reference))
        {
            return Only(CatalogFile.Read<ReleaseFile>(reference), reference);
        }

        var all = Read(catalogFolder);
        return all.FirstOrDefault(r => r.Name == reference) ?? throw Unknown(reference, catalogFolder, all);
    }

    /// <summary>The one release of a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">Where it is from, for errors.</param>
    /// <exception cref="AssayException">It is not one release, or it is wrong (exit code 2).</exception>
    public static ReleaseFile Parse(string text, string path) => Only(CatalogFile.Parse<ReleaseFile>(text, path), path);

    private static IEnumerable<string> Paths(string catalogFolder) =>
        CatalogFile.In(Path.Combine(catalogFolder, Folder)).Where(path => Path.GetFileName(path) != Approvers);

    private static ReleaseFile Only(IReadOnlyList<ReleaseFile> found, string path)
    {
        var file = found is [var only] ? only : throw AssayException.Usage($"'{path}' holds {found.Count} releases.", "Write one, or name it by its name.");
        ReleaseFiles.Check(file);
        return file;
    }

    private static AssayException Unknown(string reference, string catalogFolder, IReadOnlyList<ReleaseFile> all)
    {
        var meant = Names.Nearest(reference, all.Select(r => r.Name)) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return AssayException.Usage(
            $"There is no release '{reference}' in '{Path.Combine(catalogFolder, Folder)}'.{meant}",
            all.Count == 0
                ? "Write one as docs/reference/en/releases.md shows, or name a file."
                : $"Known: {string.Join(", ", all.Select(r => r.Name))}. Or name a file."
        );
    }
}
