using Assay.Observability.Slos;

namespace Assay.Cli.Objectives;

/// <summary>SLOs of a catalog for commands, which need at least one.</summary>
internal static class SloCatalog
{
    /// <exception cref="AssayException">A file is wrong, or there is none (exit code 2).</exception>
    public static IReadOnlyList<SloDefinition> Read(string catalog)
    {
        var slos = SloFile.ReadCatalog(catalog);
        return slos.Count > 0
            ? slos
            : throw AssayException.Usage(
                $"There are no SLOs in '{Path.Combine(catalog, SloFile.FolderName)}'.",
                "Write one as docs/reference/en/slos.md shows, or name the catalog with --catalog."
            );
    }
}
