using System.Text.Json;
using Assay.Evaluation.Prompts;

namespace Assay.Cli.Prompting;

/// <summary>Fields from the command line and from a case.</summary>
internal static class RenderedFields
{
    // A case is written by people or cut from posts; a larger one is a wrong file.
    private const int MostCharacters = 4 << 20;

    /// <exception cref="AssayException">The case is no JSON object, or a field is not name=value (exit code 2).</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        string? source,
        IReadOnlyList<string> given,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        var fields = source is null ? [] : OfCase(source, await LineAsync(source, surroundings, cancellationToken));
        foreach (var field in given)
        {
            var at = field.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw AssayException.Usage($"--field '{field}' is not name=value.", "Write it like --field \"input=How do I roll back?\".");
            }

            fields[field[..at]] = field[(at + 1)..];
        }

        return fields;
    }

    private static async Task<string> LineAsync(string source, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        using var reader = source == "-" ? new StreamReader(surroundings.OpenInput()) : Open(source);
        var line = await reader.ReadLineAsync(cancellationToken) ?? "";
        return line.Length <= MostCharacters
            ? line
            : throw AssayException.Usage($"The case of '{source}' has {line.Length} characters.", "Give one case as one JSON object on the first line.");
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
    }

    private static Dictionary<string, string> OfCase(string source, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().SelectMany(Fields).ToDictionary(field => field.Name, field => field.Value)
                : throw NoCase(source, "it is no object", null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw NoCase(source, e.Message, e);
        }
    }

    private static AssayException NoCase(string source, string why, Exception? inner) =>
        AssayException.Usage(
            $"The case of '{source}' cannot be read: {why}",
            "Give one JSON object on one line: {\"id\": \"a\", \"input\": \"…\", \"contexts\": [\"…\"]}.",
            inner
        );

    /// <summary>Texts and numbers are fields, lists of texts are numbered passages, and what stands in <c>fields</c> are fields too.</summary>
    private static IEnumerable<(string Name, string Value)> Fields(JsonProperty property) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.String => [(property.Name, property.Value.GetString()!)],
            JsonValueKind.Number => [(property.Name, property.Value.GetRawText())],
            JsonValueKind.Array => [(property.Name, PromptFields.Numbered(property.Value.EnumerateArray().Select(Text)))],
            JsonValueKind.Object when property.Name == "fields" => property.Value.EnumerateObject().SelectMany(Fields),
            _ => [],
        };

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
}
