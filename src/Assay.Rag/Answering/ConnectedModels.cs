using Assay.Models;
using Assay.Observability.Metrics;
using Assay.Rag.Live;

namespace Assay.Rag.Answering;

/// <summary>Clients of the models that a corpus names; nothing is sent before the first question.</summary>
internal sealed class ConnectedModels(ModelClients? clients, LiveModels live) : IDisposable
{
    public LiveModels Live => live;

    /// <param name="models">Where they are.</param>
    /// <param name="spans">Gets a span for each call; null makes its own.</param>
    /// <param name="time">The clock.</param>
    public static ConnectedModels To(RagModels models, GenAiSpans? spans, TimeProvider time)
    {
        if (models is { Embeddings: null, Reranker: null })
        {
            return new ConnectedModels(clients: null, LiveModels.None);
        }

        var clients = new ModelClients(new ModelSettings { Time = time, Spans = spans });
        var live = new LiveModels(
            models.Embeddings is { } embeddings ? new LiveEmbeddings(clients.Embeddings(embeddings), embeddings.Model) : null,
            models.Reranker is { } reranker ? clients.Reranker(reranker) : null
        )
        {
            QueryBudget = models.QueryBudget,
        };
        return new ConnectedModels(clients, live);
    }

    public void Dispose() => clients?.Dispose();
}
