using System.Text.Json;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Models.Embeddings;

/// <summary>Reads vectors and refuses whatever is not one finite vector of one length for each text.</summary>
internal static class EmbeddingAnswers
{
    /// <summary>The longest vector that is taken; models on offer have up to 8,192 numbers.</summary>
    private const int MaxDimensions = 65_536;

    /// <summary>Reads OpenAI's <c>{"data":[{"index","embedding"}],"model","usage":{"prompt_tokens"}}</c>.</summary>
    /// <exception cref="MalformedAnswerException">It is something else.</exception>
    public static ReadAnswer OpenAi(ReadOnlyMemory<byte> body, int expected)
    {
        using var document = JsonAnswer.Parse(body);
        var root = document.RootElement;
        JsonAnswer.DemandObject(root, "an answer with embeddings");
        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw new MalformedAnswerException("it has no 'data'.");
        }

        DemandCount(data.GetArrayLength(), expected);
        var vectors = new float[expected][];
        foreach (var item in data.EnumerateArray())
        {
            vectors[Indices.Take(item, vectors)] = Vector(item.TryGetProperty("embedding", out var vector) ? vector : default);
        }

        DemandOneLength(vectors);
        return new ReadAnswer(vectors, JsonAnswer.Text(root, "model") ?? "", Usage(root));
    }

    /// <summary>Reads TEI's <c>[[0.1, …], …]</c>.</summary>
    /// <exception cref="MalformedAnswerException">It is something else.</exception>
    public static ReadAnswer Tei(ReadOnlyMemory<byte> body, int expected)
    {
        using var document = JsonAnswer.Parse(body);
        DemandList(document.RootElement, expected);
        var vectors = document.RootElement.EnumerateArray().Select(Vector).ToArray();
        DemandOneLength(vectors);
        return new ReadAnswer(vectors, Model: "", Tokens: null);
    }

    /// <summary>Reads TEI's sparse <c>[[{"index", "value"}, …], …]</c>.</summary>
    /// <exception cref="MalformedAnswerException">It is something else.</exception>
    public static ReadAnswer TeiSparse(ReadOnlyMemory<byte> body, int expected)
    {
        using var document = JsonAnswer.Parse(body);
        DemandList(document.RootElement, expected);
        return new ReadAnswer(document.RootElement.EnumerateArray().Select(Sparse).ToArray(), Model: "", Tokens: null);
    }

    private static void DemandList(JsonElement root, int expected)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            JsonAnswer.DemandObject(root, "a list of vectors");
            throw new MalformedAnswerException("that is no list of vectors.");
        }

        DemandCount(root.GetArrayLength(), expected);
    }

    private static void DemandCount(int count, int expected)
    {
        if (count != expected)
        {
            throw new MalformedAnswerException($"it has {count} vectors for {expected} texts.");
        }
    }

    private static void DemandOneLength(float[][] vectors)
    {
        if (Array.Exists(vectors, v => v.Length != vectors[0].Length))
        {
            throw new MalformedAnswerException("its vectors differ in length.");
        }
    }

    private static float[] Vector(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() is 0 or > MaxDimensions)
        {
            throw new MalformedAnswerException("one of its embeddings is no list of numbers.");
        }

        var vector = new float[element.GetArrayLength()];
        var i = 0;
        foreach (var number in element.EnumerateArray())
        {
            vector[i++] = Finite(number);
        }

        return vector;
    }

    private static SparseVector Sparse(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > MaxDimensions)
        {
            throw new MalformedAnswerException("one of its vectors is no list of weights.");
        }

        var weights = new SortedDictionary<int, float>();
        foreach (var entry in element.EnumerateArray())
        {
            if (JsonAnswer.Count(entry, "index") is not { } index || index > int.MaxValue || !weights.TryAdd((int)index, Finite(Property(entry, "value"))))
            {
                throw new MalformedAnswerException("a weight has no index of its own.");
            }
        }

        return new SparseVector([.. weights.Keys], [.. weights.Values]);
    }

    private static JsonElement Property(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : default;

    private static float Finite(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetSingle(out var value) && float.IsFinite(value)
            ? value
            : throw new MalformedAnswerException("a vector has an entry that is no finite number.");

    private static TokenUsage? Usage(JsonElement root) =>
        root.TryGetProperty("usage", out var usage)
        && (JsonAnswer.Count(usage, "prompt_tokens") ?? JsonAnswer.Count(usage, "total_tokens")) is { } input and <= TokenPrices.MaxTokens
            ? new TokenUsage(input, 0, 0, 0, 0)
            : null;
}
