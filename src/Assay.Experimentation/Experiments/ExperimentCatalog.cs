using Assay.Catalogs;

namespace Assay.Experimentation.Experiments;

/// <summary>The experiments that a team keeps in git: <c>&lt;catalog&gt;/experiments</c>.</summary>
internal static class ExperimentCatalog
{
    /// <summary>The folder of a catalog.</summary>
    public const string Folder = "experiments";

    /// <summary>Every experiment of a catalog, in order of file and line; none when there is no such folder.</summary>
    /// <exception cref="AssayException">A file cannot be read (exit code 2); the message names file and line.</exception>
    public static IReadOnlyList<ExperimentFile> Read(string catalogFolder) =>
        [.. CatalogFile.In(Path.Combine(catalogFolder, Folder)).SelectMany(CatalogFile.Read<ExperimentFile>)];
}
