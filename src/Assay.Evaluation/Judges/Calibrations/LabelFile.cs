using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>Reads labels: one JSON object a line, each fault with its line.</summary>
internal static class LabelFile
{
    // People write labels: a larger file is another file.
    private const long MaxBytes = 256L << 20;

    public static LabelSet Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MaxBytes
                ? Parse(Path.GetFileName(path), path, File.ReadAllBytes(path))
                : throw AssayException.Usage($"'{path}' has {length >> 20} MiB.", $"Give labels of at most {MaxBytes >> 20} MiB, one JSON object a line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
    }

    public static LabelSet Parse(string name, string path, byte[] content)
    {
        var items = new List<LabelledItem>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        using var reader = new StringReader(Encoding.UTF8.GetString(content.AsSpan(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0)));
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var item = Item(line, new Catalogs.CatalogPlace(path, number));
            if (!lines.TryAdd(item.Id, number))
            {
                throw LabelLine.Wrong(path, number, $"the id '{item.Id}' stands in line {lines[item.Id]} already");
            }

            items.Add(item);
            if ((item.B is null) != (items[0].B is null))
            {
                throw LabelLine.Wrong(path, number, "pairs and single answers stand in one file");
            }

            if (items.Count > LabelSet.MaxItems)
            {
                throw LabelLine.Wrong(path, number, $"the file has more than {LabelSet.MaxItems} items");
            }
        }

        return items.Count > 0
            ? new LabelSet(name, Convert.ToHexStringLower(SHA256.HashData(content)), items)
            : throw AssayException.Usage($"'{path}' has no labels.", "Give one JSON object a line; docs/reference/en/judges.md shows how.");
    }

    private static LabelledItem Item(string line, Catalogs.CatalogPlace place)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new LabelLine(document.RootElement, place).Read()
                : throw LabelLine.Wrong(place.Path, place.Line, "this is no JSON object");
        }
        catch (JsonException e)
        {
            throw LabelLine.Wrong(place.Path, place.Line, $"this is no JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw LabelLine.Wrong(place.Path, place.Line, "a text holds half of a surrogate pair");
        }
    }
}
