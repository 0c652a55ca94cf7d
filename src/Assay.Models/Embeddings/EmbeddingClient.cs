using Assay.Models.Calls;
using Assay.Telemetry;
using Microsoft.Extensions.AI;

namespace Assay.Models.Embeddings;

/// <summary>
/// Vectors of any OpenAI-compatible or text-embeddings-inference endpoint, in batches. Made by <see cref="ModelClients.Embeddings"/>. Safe for several threads.
/// </summary>
internal sealed class EmbeddingClient(ModelConnection connection, ModelCaller caller, EmbeddingShape shape, BatchLimits limits, TimeProvider time)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata metadata = new(connection.Provider, connection.Address, connection.Model);

    /// <summary>The path below the address.</summary>
    public static string PathOf(EmbeddingShape shape) => shape == EmbeddingShape.Tei ? "/embed" : "/embeddings";

    /// <exception cref="ModelCallException">No answer, or vectors that do not fit the texts.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var texts = values as IReadOnlyList<string> ?? [.. values];
        var started = time.GetTimestamp();
        var budget = EmbeddingFacts.BudgetOf(options);
        var calls = await Batches.CallAsync(
            Batches.Of(texts, limits),
            limits.Parallel,
            (range, token) => CallAsync([.. texts.Take(range)], options, budget - time.GetElapsedTime(started), token),
            cancellationToken
        );
        var vectors = calls.SelectMany(c => (float[][])c.Answer.Value).ToList();
        if (vectors.Exists(v => v.Length != vectors[0].Length))
        {
            throw new ModelCallException(
                ModelFault.Malformed,
                $"{connection} answers with vectors of different lengths. Check that one model serves the address."
            );
        }

        return Result(vectors, Batches.Sum(calls, connection.Model, time.GetElapsedTime(started)));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(metadata) ? metadata
        : null;

    /// <summary>Nothing of its own: connections belong to <see cref="ModelClients"/>.</summary>
    public void Dispose() { }

    private static GeneratedEmbeddings<Embedding<float>> Result(List<float[]> vectors, CallFacts facts) =>
        new GeneratedEmbeddings<Embedding<float>>(vectors.Select(v => new Embedding<float>(v) { ModelId = facts.Model }))
        {
            Usage = facts.Tokens is { } tokens ? new UsageDetails { InputTokenCount = tokens.AllInput, TotalTokenCount = tokens.AllInput } : null,
        }.With(facts);

    private Task<Called> CallAsync(List<string> texts, EmbeddingGenerationOptions? options, TimeSpan? budget, CancellationToken cancellationToken)
    {
        var model = options?.ModelId ?? connection.Model;
        var isTei = shape == EmbeddingShape.Tei;
        var body = isTei ? EmbeddingRequests.Tei(texts) : EmbeddingRequests.OpenAi(model, texts, options?.Dimensions);
        var request = new CallRequest(GenAiOperation.Embeddings, model, body)
        {
            Texts = () => texts,
            MaxOutputTokens = 0,
            Budget = budget,
        };
        return caller.CallAsync(
            request,
            answer => isTei ? EmbeddingAnswers.Tei(answer, texts.Count) : EmbeddingAnswers.OpenAi(answer, texts.Count),
            cancellationToken
        );
    }
}
