using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Text;

namespace Assay.Evaluation.Judges;

/// <summary>One word of a scale.</summary>
/// <param name="Name">The word that the judge says.</param>
/// <param name="Score">What it counts, from 0 to 1.</param>
/// <param name="Means">When it applies, by language; empty when the word says all.</param>
public sealed record ScaleLevel(string Name, double Score, IReadOnlyDictionary<string, string> Means);

/// <summary>How a rubric judge says its score: by a word of a list, or by a number from 0 to 1.</summary>
/// <param name="Levels">The words, best first; empty for a number.</param>
public sealed record JudgeScale(IReadOnlyList<ScaleLevel> Levels)
{
    /// <summary>A number from 0 to 1.</summary>
    public static readonly JudgeScale Number = new([]);

    /// <summary>The scale as a prompt says it, in <c>en</c> or <c>ru</c>.</summary>
    internal string Text(string language) =>
        (Levels.Count, language) switch
        {
            (0, "ru") => "Оценка: число от 0 (неверно или бесполезно) до 1 (полно и верно), не больше двух знаков после точки.",
            (0, _) => "The score is a number from 0 (wrong or useless) to 1 (complete and right), with two decimals at most.",
            (_, "ru") => $"Оценка: одно из этих слов, точно так, как оно написано:\n{Lines(language)}",
            _ => $"The score is one of these words, exactly as it is written:\n{Lines(language)}",
        };

    /// <summary>The JSON schema of a score.</summary>
    internal JsonNode Schema() =>
        Levels.Count == 0
            ? new JsonObject
            {
                ["type"] = "number",
                ["minimum"] = 0,
                ["maximum"] = 1,
            }
            : new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Levels.Select(level => (JsonNode)level.Name)]) };

    /// <summary>The score of what a judge said; null when it is none of the scale.</summary>
    internal double? Read(JsonElement said)
    {
        if (Levels.Count > 0)
        {
            var word = said.ValueKind == JsonValueKind.String ? JsonText.Of(said).Trim() : "";
            return Levels.FirstOrDefault(level => level.Name.Equals(word, StringComparison.OrdinalIgnoreCase))?.Score;
        }

        // A number in quotation marks means that number; "4/5", "80 %" and 4 do not mean a share, and nothing is clamped.
        return said.ValueKind switch
        {
            JsonValueKind.Number when said.TryGetDouble(out var number) => Share(number),
            JsonValueKind.String when double.TryParse(JsonText.Of(said), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => Share(
                number
            ),
            _ => null,
        };
    }

    /// <summary>What a score may be, in words for the judge.</summary>
    internal string Allowed => Levels.Count == 0 ? "a number from 0 to 1" : string.Join(", ", Levels.Select(level => level.Name));

    private static double? Share(double number) => number is >= 0 and <= 1 ? number : null;

    private string Lines(string language) =>
        string.Concat(Levels.Select(level => level.Means.TryGetValue(language, out var means) ? $"- {level.Name}: {means}\n" : $"- {level.Name}\n"));
}
