using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using YamlDotNet.Serialization.NodeDeserializers;

namespace Assay.Catalogs;

/// <summary>
/// Files that a team keeps in git: YAML, or JSON, which is YAML too. Keys in camelCase; a key that nobody reads or that stands twice is an error.
/// </summary>
public static class CatalogFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    private const string Fix = "Mend that line; the reference pages show every key of the file.";

    /// <summary>Reads every YAML document of a file.</summary>
    /// <param name="path">The file.</param>
    /// <typeparam name="T">
    /// The shape: a class with settable properties; fields that are missing keep their defaults. A <see cref="CatalogEntry"/> learns its line.
    /// </typeparam>
    /// <exception cref="AssayException">The file cannot be read, is not YAML, or has a key or value that does not fit (exit code 2); the message names file and line.</exception>
    public static IReadOnlyList<T> Read<T>(string path)
        where T : class
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                throw AssayException.Usage($"'{path}' is larger than 4 MiB.", "A catalog file is written by people: split it.");
            }

            return Parse<T>(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
    }

    /// <summary>The catalog files of a folder and the folders in it, <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c>, in order of their paths; none when there is no such folder.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(path => Path.GetExtension(path) is ".yaml" or ".yml" or ".json")
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Reads every YAML document of a text; <paramref name="path"/> is only named in errors.</summary>
    /// <exception cref="AssayException">See <see cref="Read"/>.</exception>
    public static IReadOnlyList<T> Parse<T>(string text, string path)
        where T : class
    {
        var reading = Reading(path);
        var parser = new Parser(new StringReader(text));
        var documents = new List<T>();
        try
        {
            parser.Consume<StreamStart>();
            while (parser.Accept<DocumentStart>(out _))
            {
                if (reading.Deserialize<T?>(parser) is { } document)
                {
                    documents.Add(document);
                }
            }
        }
        catch (YamlException e)
        {
            throw AssayException.Usage($"{path}:{e.Start.Line}: {CatalogFault.Of(e)}", Fix, e);
        }

        return documents;
    }

    private static IDeserializer Reading(string path) =>
        new DeserializerBuilder()
            .WithNamingConvention(CamelCaseNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .WithTypeConverter(new CatalogDates())
            .WithTypeInspector(inner => new KnownKeys(inner))
            .WithNodeDeserializer(inner => new PlacedEntries(inner, path), where => where.InsteadOf<ObjectNodeDeserializer>())
            .Build();
}
