using System.Text.Json;
using Assay.Models.Calls;
using Assay.Text;

namespace Assay.Evaluation.Targets;

/// <summary>
/// Where the parts of an answer stand in a JSON document. A path names keys parted by dots, and <c>[]</c> after a key means each of its items, in a list or an object:
/// <c>answer.text</c>, <c>passages[].document</c>.
/// </summary>
/// <param name="Text">The answer's text.</param>
public sealed record AnswerShape(string Text)
{
    /// <summary>The passages; null when there are none.</summary>
    public string? Contexts { get; init; }

    /// <summary>The ids of documents; null when there are none.</summary>
    public string? RetrievedIds { get; init; }

    /// <summary>Who answered; null when not said.</summary>
    public string? Model { get; init; }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="ModelCallException">It is no JSON, or its text is not where it should be (<see cref="ModelFault.Malformed"/>).</exception>
    internal Answer Read(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var texts = Find(document.RootElement, Text);
            return texts.Count == 0
                ? throw new ModelCallException(ModelFault.Malformed, $"{source} answered without '{Text}': {Excerpt.Line(json)}")
                : new Answer(string.Join('\n', texts), First(document.RootElement, Model))
                {
                    Contexts = Contexts is null ? [] : Find(document.RootElement, Contexts),
                    RetrievedIds = RetrievedIds is null ? [] : [.. Find(document.RootElement, RetrievedIds).Distinct()],
                };
        }
        catch (JsonException)
        {
            throw new ModelCallException(ModelFault.Malformed, $"{source} answered with something that is no JSON: {Excerpt.Line(json)}");
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement of) =>
        of.ValueKind switch
        {
            JsonValueKind.Array => of.EnumerateArray(),
            JsonValueKind.Object => of.EnumerateObject().Select(member => member.Value),
            _ => [],
        };

    private static string First(JsonElement root, string? path) => path is null ? "" : Find(root, path).FirstOrDefault() ?? "";

    private static List<string> Find(JsonElement root, string path)
    {
        List<JsonElement> found = [root];
        foreach (var part in path.Split('.'))
        {
            var key = part.EndsWith("[]", StringComparison.Ordinal) ? part[..^2] : part;
            var next = found.Where(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty(key, out _)).Select(e => e.GetProperty(key));
            found = [.. key.Length == part.Length ? next : next.SelectMany(Items)];
        }

        return
        [
            .. found
                .Where(e => e.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
                .Select(e => e.ValueKind == JsonValueKind.String ? JsonText.Of(e) : e.GetRawText()),
        ];
    }
}
