using Assay.Models.Reranking;

namespace Assay.Rag.Live;

/// <summary>Models over the network that take the place of the pipeline's own.</summary>
/// <param name="Embeddings">For the dense stage; null for the model that is learned from the documents.</param>
/// <param name="Reranker">For the rerank stage; null for the weighted features.</param>
internal sealed record LiveModels(LiveEmbeddings? Embeddings, IReranker? Reranker)
{
    public static readonly LiveModels None = new(Embeddings: null, Reranker: null);

    /// <summary>The time in which all models together must answer for one query, their retries included. The default is 10 s.</summary>
    public TimeSpan QueryBudget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a query leaves the process.</summary>
    public bool AreAny => Embeddings is not null || Reranker is not null;
}
