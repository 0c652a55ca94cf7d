using System.Text.Json;
using Assay.Evaluation.Asking;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>What a model says of one statement or passage.</summary>
/// <param name="Text">The statement, or the number of the passage.</param>
/// <param name="Holds">Whether it is supported, relevant, useful, attributed.</param>
internal sealed record JudgedPart(string Text, bool Holds);

/// <summary>Reads lists of verdicts as models write them.</summary>
internal static class Verdicts
{
    /// <summary>The most verdicts of one answer.</summary>
    public const int MaxParts = 500;

    /// <summary>The JSON schema of <see cref="Statements"/>.</summary>
    public static readonly JsonElement StatementsSchema = Schema(
        "statements",
        """{"text":{"type":"string"},"reason":{"type":"string"},"verdict":{"type":"boolean"}}""",
        "text"
    );

    /// <summary>The JSON schema of <see cref="Passages"/>.</summary>
    public static readonly JsonElement PassagesSchema = Schema(
        "contexts",
        """{"number":{"type":"integer"},"reason":{"type":"string"},"verdict":{"type":"boolean"}}""",
        "number"
    );

    /// <summary><c>{"statements": [{"text": …, "verdict": …}]}</c>.</summary>
    /// <param name="answer">What the model wrote.</param>
    /// <param name="allowNone">Whether there may be no statement.</param>
    public static Reading<IReadOnlyList<JudgedPart>> Statements(JsonElement answer, bool allowNone)
    {
        if (List(answer, "statements") is not { } list)
        {
            return Wrong("it has no list \"statements\"");
        }

        var parts = new List<JudgedPart>();
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item) is not { } text || Verdict(item) is not { } verdict)
            {
                return Wrong($"entry {parts.Count + 1} of \"statements\" needs \"text\" (a string that is not empty) and \"verdict\" (true or false)");
            }

            parts.Add(new JudgedPart(text, verdict));
        }

        return parts.Count == 0 && !allowNone ? Wrong("\"statements\" is empty, and there is at least one") : new(parts, "");
    }

    /// <summary><c>{"contexts": [{"number": 1, "verdict": …}]}</c>, one entry for each passage; in the order of the passages.</summary>
    public static Reading<IReadOnlyList<JudgedPart>> Passages(JsonElement answer, int count)
    {
        if (List(answer, "contexts") is not { } list)
        {
            return Wrong("it has no list \"contexts\"");
        }

        var parts = new JudgedPart?[count];
        foreach (var item in list.EnumerateArray())
        {
            if (Number(item) is not { } number || number < 1 || number > count || Verdict(item) is not { } verdict)
            {
                return Wrong($"each entry of \"contexts\" needs \"number\" (1 to {count}) and \"verdict\" (true or false)");
            }

            if (parts[number - 1] is not null)
            {
                return Wrong($"passage {number} stands twice");
            }

            parts[number - 1] = new JudgedPart($"[{number}]", verdict);
        }

        var missing = Array.IndexOf(parts, null) + 1;
        return missing > 0 ? Wrong($"passage {missing} is missing") : new([.. parts.OfType<JudgedPart>()], "");
    }

    /// <summary>The share that holds.</summary>
    public static double Share(IReadOnlyList<JudgedPart> parts) => (double)parts.Count(part => part.Holds) / parts.Count;

    /// <summary><c>2 of 3 supported; not: “…”</c>.</summary>
    public static string Reason(IReadOnlyList<JudgedPart> parts, string what)
    {
        var not = parts.Where(part => !part.Holds).Select(part => part.Text).ToList();
        var head = $"{parts.Count - not.Count} of {parts.Count} {what}";
        return not.Count == 0 ? head : $"{head}; not: {Shown.List(not)}";
    }

    private const string Shape = """
        {"type":"object","properties":{"LIST":{"type":"array","items":{"type":"object","properties":PROPERTIES,
        "required":["FIRST","reason","verdict"],"additionalProperties":false}}},"required":["LIST"],"additionalProperties":false}
        """;

    private static Reading<IReadOnlyList<JudgedPart>> Wrong(string problem) => new(null, problem);

    private static JsonElement? List(JsonElement answer, string key) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty(key, out var list)
        && list.ValueKind == JsonValueKind.Array
        && list.GetArrayLength() <= MaxParts
            ? list
            : null;

    private static string? Text(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("text", out var text)
        && text.ValueKind == JsonValueKind.String
        && JsonText.Of(text) is { } said
        && !string.IsNullOrWhiteSpace(said)
            ? said
            : null;

    private static bool? Verdict(JsonElement item) =>
        item.TryGetProperty("verdict", out var verdict) && verdict.ValueKind is JsonValueKind.True or JsonValueKind.False ? verdict.GetBoolean() : null;

    private static int? Number(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("number", out var number)
        && number.ValueKind == JsonValueKind.Number
        && number.TryGetInt32(out var value)
            ? value
            : null;

    private static JsonElement Schema(string list, string properties, string first)
    {
        var json = Shape.Replace("LIST", list).Replace("PROPERTIES", properties).Replace("FIRST", first);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
