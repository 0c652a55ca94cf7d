using System.Text.Json;
using Assay.Catalogs;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>One line of a label file.</summary>
internal sealed class LabelLine(JsonElement line, CatalogPlace place)
{
    private static readonly string[] Languages = [TextLanguage.English, TextLanguage.Russian];

    public static AssayException Wrong(string path, long number, string problem) =>
        new CatalogPlace(path, number).Error($"{problem}.", "Mend that line; docs/reference/en/judges.md shows what a label file holds.");

    public LabelledItem Read()
    {
        var (answer, a, b) = (Text("answer"), Text("a"), Text("b"));
        if ((answer is null) == (a is null) || (a is null) != (b is null))
        {
            throw Wrong("an item has an \"answer\", or an \"a\" and a \"b\"");
        }

        var input = Text("input") ?? "";
        return new LabelledItem(Text("id") is { Length: > 0 } id ? id : throw Wrong("the item has no \"id\""), input, Labels(b is not null))
        {
            A = answer ?? a!,
            B = b,
            Expected = Text("expected"),
            Contexts = Texts("contexts"),
            Language = Language(input, answer ?? a!),
            Cluster = Text("cluster"),
            Group = Text("group"),
        };
    }

    private string Language(string input, string answer) =>
        Text("language") is not { } said ? TextLanguage.Of(input, answer)
        : Languages.Contains(said) ? said
        : throw Wrong($"\"language\" is '{said}', and may be en or ru");

    private string? Text(string key) =>
        !line.TryGetProperty(key, out var found) || found.ValueKind == JsonValueKind.Null ? null
        : found.ValueKind == JsonValueKind.String ? found.GetString()
        : throw Wrong($"\"{key}\" is no text");

    private IReadOnlyList<string> Texts(string key) =>
        !line.TryGetProperty(key, out var found) || found.ValueKind == JsonValueKind.Null ? []
        : found.ValueKind == JsonValueKind.Array && found.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. found.EnumerateArray().Select(one => one.GetString()!)]
        : throw Wrong($"\"{key}\" is no list of texts");

    private List<double?> Labels(bool isPair)
    {
        if (!line.TryGetProperty("labels", out var found) || found.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("the item has no list \"labels\"");
        }

        var labels = found.EnumerateArray().Select(label => Label(label, isPair)).ToList();
        return labels.Count is > 0 and <= LabelSet.MaxAnnotators && labels.Exists(label => label is not null)
            ? labels
            : throw Wrong($"\"labels\" holds no label, or more than {LabelSet.MaxAnnotators}");
    }

    private double? Label(JsonElement label, bool isPair) =>
        label.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number when label.TryGetDouble(out var number) && double.IsFinite(number) => number,
            JsonValueKind.String when isPair => label.GetString() switch
            {
                "a" => -1,
                "b" => 1,
                "tie" => 0,
                var other => throw Wrong($"the label '{other}' is none of a, b, tie"),
            },
            _ => throw Wrong($"the label {label.GetRawText()} is no number{(isPair ? ", and none of a, b, tie" : "")}"),
        };

    private AssayException Wrong(string problem) => Wrong(place.Path, place.Line, problem);
}
