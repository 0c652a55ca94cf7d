using System.Text.Json;

namespace Assay.Evaluation.Judges;

/// <summary>What reading a reply gave: a value, or what is wrong with it, in words for the model.</summary>
internal readonly record struct ReadReply<T>(T? Value, string Problem)
    where T : class;

/// <summary>A score with its reason.</summary>
internal sealed record ScoreReply(double Score, string Reason);

/// <summary>Which of two answers in the order shown, with the reason. <see cref="Preference.A"/> is the first.</summary>
internal sealed record PairReply(Preference Better, string Reason);

/// <summary>
/// Reads what a judge wrote: tolerant of thoughts, code fences and prose around one JSON object, strict about what the object means. A judge's own
/// pass flag is never read: the threshold decides.
/// </summary>
internal static class JudgeReply
{
    // Longer replies are no judgements, in characters.
    private const int MaxLength = 1_000_000;
    private const int MaxDepth = 16;
    private const int MaxShown = 60;
    private const string EndOfThoughts = "</think>";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static ReadReply<ScoreReply> Score(string text, JudgeScale scale) =>
        Read(
            text,
            reply =>
                !reply.TryGetProperty("score", out var said) ? Wrong<ScoreReply>("its object has no \"score\"")
                : scale.Read(said) is { } score ? new ReadReply<ScoreReply>(new ScoreReply(score, Reason(reply)), "")
                : Wrong<ScoreReply>($"its \"score\" is {Shown(said)}, and may be {scale.Allowed}")
        );

    public static ReadReply<PairReply> Pair(string text) =>
        Read(
            text,
            reply =>
                !reply.TryGetProperty("better", out var said) ? Wrong<PairReply>("its object has no \"better\"")
                : Better(said) is { } better ? new ReadReply<PairReply>(new PairReply(better, Reason(reply)), "")
                : Wrong<PairReply>($"its \"better\" is {Shown(said)}, and may be first, second, tie")
        );

    private static Preference? Better(JsonElement said) =>
        said.ValueKind != JsonValueKind.String
            ? null
            : said.GetString()!.Trim().ToLowerInvariant() switch
            {
                "first" => Preference.A,
                "second" => Preference.B,
                "tie" => Preference.Tie,
                _ => null,
            };

    /// <summary>The judge's reason; a reply without one still has its score.</summary>
    private static string Reason(JsonElement reply) =>
        reply.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString()!.Trim() : "";

    private static ReadReply<T> Read<T>(string text, Func<JsonElement, ReadReply<T>> read)
        where T : class
    {
        if (text.Length > MaxLength)
        {
            return Wrong<T>($"it has {text.Length} characters");
        }

        var thoughts = text.LastIndexOf(EndOfThoughts, StringComparison.Ordinal);
        var said = thoughts < 0 ? text : text[(thoughts + EndOfThoughts.Length)..];
        var (start, end) = (said.IndexOf('{', StringComparison.Ordinal), said.LastIndexOf('}'));
        if (string.IsNullOrWhiteSpace(said))
        {
            return Wrong<T>("it is empty");
        }

        return start < 0 ? Wrong<T>("it has no JSON object")
            : end < start ? Wrong<T>("its JSON object does not end")
            : Parse(said.AsMemory(start, end + 1 - start), read);
    }

    private static ReadReply<T> Parse<T>(ReadOnlyMemory<char> json, Func<JsonElement, ReadReply<T>> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            return Wrong<T>("it is not exactly one complete JSON object");
        }
    }

    private static string Shown(JsonElement said)
    {
        var text = said.GetRawText();
        return text.Length <= MaxShown ? text : text[..MaxShown] + "…";
    }

    private static ReadReply<T> Wrong<T>(string problem)
        where T : class => new(null, problem);
}
