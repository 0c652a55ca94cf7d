using System.Text.Json;

namespace Assay.Statistics.Checking;

/// <summary>A file of reference cases: an object with a list <c>cases</c>, or the list alone.</summary>
internal static class ReferenceFile
{
    private const string Shape = """Write {"cases": [{"name": "…", "kind": "t_test", "inputs": {…}, "expected": {…}, "rtol": 1e-9}]}.""";

    /// <summary>The cases as they stand, not yet looked into.</summary>
    /// <exception cref="AssayException">The file is missing, too large, or not of this form (exit code 2, place named).</exception>
    public static IReadOnlyList<ReferenceValue> Read(string path)
    {
        var root = Parse(path, Bytes(path));
        return Items(root is ReferenceObject file ? file["cases"] : root)
            ?? throw AssayException.Usage($"{path} holds no list of cases: {Found(root)}.", Shape);
    }

    private static byte[] Bytes(string path)
    {
        if (!File.Exists(path))
        {
            throw AssayException.Usage(
                Directory.Exists(path) ? $"'{path}' is a folder." : $"'{path}' does not exist.",
                "Give the path of a file with reference cases."
            );
        }

        var bytes = new FileInfo(path).Length;
        return bytes <= Array.MaxLength
            ? File.ReadAllBytes(path)
            : throw AssayException.Usage(
                $"{path} has {bytes / 1e9:0.0} GB; at most {Array.MaxLength / 1e9:0.0} GB are read at once.",
                "Split its cases over several files, or give long samples as a generator or a summary."
            );
    }

    private static ReferenceValue Parse(string path, byte[] bytes)
    {
        try
        {
            return ReferenceParser.Parse(bytes);
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $"{path}:{line + 1}" : path;
            throw AssayException.Usage(
                $"{place}: not JSON that can be read: {e.Message}",
                """JSON names no NaN and no infinity: write them as "NaN" and "Infinity", and nest at most 64 levels.""",
                e
            );
        }
        catch (InvalidOperationException e)
        {
            throw AssayException.Usage($"{path}: a text is not valid UTF-8: {e.Message}", "Save the file as UTF-8.", e);
        }
    }

    private static List<ReferenceValue>? Items(ReferenceValue? cases) =>
        cases switch
        {
            ReferenceList list => list.Items,
            ReferenceNumbers numbers => [.. numbers.Values.Select(n => new ReferenceNumber(n))],
            _ => null,
        };

    private static string Found(ReferenceValue root) => root is ReferenceObject ? "the object has no list 'cases'" : "it is neither an object nor a list";
}
