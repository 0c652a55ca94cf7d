using Assay.Catalogs;

namespace Assay.Observability.Slos;

/// <summary>
/// SLOs as files that a team keeps in git: a part of OpenSLO v1, one SLO in each YAML document. Which fields are read, and where OpenSLO defines them,
/// is in <c>docs/reference/en/slos.md</c>.
/// </summary>
public static class SloFile
{
    /// <summary>The folder of a catalog in which SLOs lie.</summary>
    public const string FolderName = "slos";

    /// <summary>Reads every <c>*.yaml</c> and <c>*.yml</c> in the folder <c>slos</c> of a catalog, by name; none when the folder is not there.</summary>
    /// <param name="catalog">The catalog's folder.</param>
    /// <exception cref="AssayException">A file is wrong, or two SLOs have one name (exit code 2).</exception>
    public static IReadOnlyList<SloDefinition> ReadCatalog(string catalog)
    {
        var folder = Path.Combine(catalog, FolderName);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Order(StringComparer.Ordinal);
        var read = files.SelectMany(f => Read(f).Select(slo => (File: f, Slo: slo))).ToList();
        if (read.GroupBy(r => r.Slo.Name).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            var places = string.Join(" and ", twice.Select(t => t.File).Distinct());
            throw AssayException.Usage($"{places}: two SLOs are named '{twice.Key}'.", "Give each SLO a metadata.name of its own.");
        }

        return [.. read.Select(r => r.Slo).OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    /// <summary>Reads the SLOs of a file.</summary>
    /// <exception cref="AssayException">The file cannot be read or a field is wrong (exit code 2); the message names file, place and fix.</exception>
    public static IReadOnlyList<SloDefinition> Read(string path) => Definitions(CatalogFile.Read<SloDocument>(path), path);

    /// <summary>Reads the SLOs of a text; <paramref name="path"/> is only named in errors.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<SloDefinition> Parse(string text, string path) => Definitions(CatalogFile.Parse<SloDocument>(text, path), path);

    private static List<SloDefinition> Definitions(IReadOnlyList<SloDocument> documents, string path)
    {
        var slos = documents.Select((d, i) => new SloReading(documents.Count == 1 ? path : $"{path} (document {i + 1})").Read(d)).ToList();
        return slos;
    }
}
