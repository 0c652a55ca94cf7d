using Assay.Models.Calls;
using Microsoft.Extensions.AI;

namespace Assay.Models.Embeddings;

/// <summary>What travels with a call for vectors besides its texts, in both directions.</summary>
public static class EmbeddingFacts
{
    private const string Call = "assay.call";
    private const string Budget = "assay.budget";

    /// <summary>What the call took; null for a generator that is not Assay's.</summary>
    public static CallFacts? Facts(this GeneratedEmbeddings<Embedding<float>> embeddings) =>
        embeddings.AdditionalProperties?.TryGetValue(Call, out var found) == true ? found as CallFacts : null;

    /// <summary>Options for a call that must be over within a time, retries included.</summary>
    public static EmbeddingGenerationOptions Within(TimeSpan budget) => new() { AdditionalProperties = new() { [Budget] = budget } };

    internal static TimeSpan? BudgetOf(EmbeddingGenerationOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(Budget, out var found) == true ? found as TimeSpan? : null;

    internal static GeneratedEmbeddings<Embedding<float>> With(this GeneratedEmbeddings<Embedding<float>> embeddings, CallFacts facts)
    {
        embeddings.AdditionalProperties ??= [];
        embeddings.AdditionalProperties[Call] = facts;
        return embeddings;
    }
}
