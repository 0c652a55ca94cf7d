using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Evaluation.Asking;
using Assay.Text;

namespace Assay.Evaluation.Judges;

/// <summary>A score with its reason.</summary>
internal sealed record ScoreReply(double Score, string Reason);

/// <summary>Which of two answers in the order shown, with the reason. <see cref="Preference.A"/> is the first.</summary>
internal sealed record PairReply(Preference Better, string Reason);

/// <summary>What a judge's JSON means, taken strictly. Its own pass flag is never read: the threshold decides.</summary>
internal static class JudgeReply
{
    private const int MaxShown = 60;

    public static Reading<ScoreReply> Score(JsonElement reply, JudgeScale scale) =>
        !reply.TryGetProperty("score", out var said) ? Wrong<ScoreReply>("its object has no \"score\"")
        : scale.Read(said) is { } score ? new Reading<ScoreReply>(new ScoreReply(score, Reason(reply)), "")
        : Wrong<ScoreReply>($"its \"score\" is {Shown(said)}, and may be {scale.Allowed}");

    public static Reading<PairReply> Pair(JsonElement reply) =>
        !reply.TryGetProperty("better", out var said) ? Wrong<PairReply>("its object has no \"better\"")
        : Better(said) is { } better ? new Reading<PairReply>(new PairReply(better, Reason(reply)), "")
        : Wrong<PairReply>($"its \"better\" is {Shown(said)}, and may be first, second, tie");

    private static Preference? Better(JsonElement said) =>
        said.ValueKind != JsonValueKind.String
            ? null
            : JsonText.Of(said).Trim().ToLowerInvariant() switch
            {
                "first" => Preference.A,
                "second" => Preference.B,
                "tie" => Preference.Tie,
                _ => null,
            };

    /// <summary>The judge's reason; a reply without one still has its score.</summary>
    private static string Reason(JsonElement reply) =>
        reply.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? JsonText.Of(reason).Trim() : "";

    private static string Shown(JsonElement said)
    {
        var text = said.GetRawText();
        return text.Length <= MaxShown ? text : text[..MaxShown] + "…";
    }

    private static Reading<T> Wrong<T>(string problem)
        where T : class => new(null, problem);

    /// <summary>A schema of an object that has a reason and one more property, and nothing else.</summary>
    public static JsonElement Schema(string property, JsonNode of)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["reason"] = new JsonObject { ["type"] = "string" },
                [property] = of,
            },
            ["required"] = new JsonArray("reason", property),
            ["additionalProperties"] = false,
        };
        return JsonSerializer.SerializeToElement(schema);
    }
}
