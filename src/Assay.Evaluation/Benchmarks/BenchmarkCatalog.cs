using Assay.Catalogs;
using Assay.Text;

namespace Assay.Evaluation.Benchmarks;

/// <summary>Finds a benchmark by name or by path.</summary>
internal static class BenchmarkCatalog
{
    /// <summary>The folder of benchmarks in a catalog.</summary>
    public const string FolderName = "benchmarks";

    /// <summary>The benchmark and the path of its file.</summary>
    /// <param name="reference">A path to a file, or the name of a benchmark of the catalog.</param>
    /// <param name="catalog">The folder of the catalog.</param>
    /// <exception cref="AssayException">There is none, or the file is wrong (exit code 2); the message names file and line.</exception>
    public static BenchmarkFile Find(string reference, string catalog)
    {
        if (Path.GetExtension(reference) is ".yaml" or ".yml" or ".json" || File.Exists(reference))
        {
            return Only(reference);
        }

        var folder = Path.Combine(catalog, FolderName);
        var files = CatalogFile.In(folder).Select(Only).ToList();
        return files.Find(file => file.Name == reference) ?? throw Unknown(reference, folder, files);
    }

    private static BenchmarkFile Only(string path)
    {
        var found = CatalogFile.Read<BenchmarkFile>(path);
        var file = found.Count == 1 ? found[0] : throw AssayException.Usage($"'{path}' holds {found.Count} benchmarks.", "Write one benchmark a file.");
        BenchmarkCheck.Demand(file);
        return file;
    }

    private static AssayException Unknown(string reference, string folder, List<BenchmarkFile> files)
    {
        var meant = Names.Nearest(reference, [.. files.Select(file => file.Name)]) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return AssayException.Usage(
            $"There is no benchmark '{reference}' in '{folder}'.{meant}",
            files.Count == 0
                ? "Name a file, or make one with `assay eval init questions.csv`."
                : $"Known: {string.Join(", ", files.Select(file => file.Name))}. Or name a file."
        );
    }
}
