using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Models.Reranking;

/// <summary>
/// Requests and answers of rerankers. Shapes: docs.cohere.com/reference/rerank (v2) and /v1/reference/rerank; jina.ai/reranker (API);
/// huggingface.github.io/text-embeddings-inference.
/// </summary>
internal static class RerankMessages
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Write(RerankShape shape, string model, string query, IReadOnlyList<string> passages)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        if (shape == RerankShape.CohereJina)
        {
            json.WriteString("model", model);
        }

        json.WriteString("query", query);
        json.WriteStartArray(shape == RerankShape.Tei ? "texts" : "documents");
        foreach (var passage in passages)
        {
            json.WriteStringValue(passage);
        }

        json.WriteEndArray();
        if (shape == RerankShape.Tei)
        {
            json.WriteBoolean("truncate", value: true);
        }
        else
        {
            // All of them: a passage without a score would have no place in the order.
            json.WriteNumber("top_n", passages.Count);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads any of the shapes: <c>[{"index","score"}]</c>, or <c>{"results":[{"index","relevance_score"}]}</c> with model and usage where they are given.</summary>
    /// <exception cref="MalformedAnswerException">It is something else, or does not score every passage exactly once.</exception>
    public static ReadAnswer Read(ReadOnlyMemory<byte> body, int expected)
    {
        using var document = JsonAnswer.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array)
        {
            return new ReadAnswer(Scores(root, expected), Model: "", Tokens: null);
        }

        JsonAnswer.DemandObject(root, "a list of scores");
        return root.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array
            ? new ReadAnswer(Scores(results, expected), JsonAnswer.Text(root, "model") ?? "", Usage(root))
            : throw new MalformedAnswerException("it has no 'results'.");
    }

    private static double[] Scores(JsonElement list, int expected)
    {
        if (list.GetArrayLength() != expected)
        {
            throw new MalformedAnswerException($"it scores {list.GetArrayLength()} of {expected} passages.");
        }

        var scores = new object[expected];
        foreach (var item in list.EnumerateArray())
        {
            scores[Indices.Take(item, scores)] = Score(item);
        }

        return [.. scores.Cast<double>()];
    }

    private static double Score(JsonElement item) =>
        (item.TryGetProperty("relevance_score", out var score) || item.TryGetProperty("score", out score))
        && score.ValueKind == JsonValueKind.Number
        && score.TryGetDouble(out var value)
        && double.IsFinite(value)
            ? value
            : throw new MalformedAnswerException("an entry has no score that is a finite number.");

    private static TokenUsage? Usage(JsonElement root) =>
        root.TryGetProperty("usage", out var usage) && JsonAnswer.Count(usage, "total_tokens") is { } total and <= TokenPrices.MaxTokens
            ? new TokenUsage(total, 0, 0, 0, 0)
            : null;
}
