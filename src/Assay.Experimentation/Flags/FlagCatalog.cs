using Assay.Catalogs;

namespace Assay.Experimentation.Flags;

/// <summary>The flags that a team keeps in git: <c>&lt;catalog&gt;/flags</c>.</summary>
internal static class FlagCatalog
{
    /// <summary>The folder of a catalog.</summary>
    public const string Folder = "flags";

    /// <summary>Every flag of a catalog, in order of file and line; none when there is no such folder.</summary>
    /// <exception cref="AssayException">A file cannot be read (exit code 2); the message names file and line.</exception>
    public static IReadOnlyList<FlagFile> Read(string catalogFolder) =>
        [.. CatalogFile.In(Path.Combine(catalogFolder, Folder)).SelectMany(CatalogFile.Read<FlagFile>)];
}
