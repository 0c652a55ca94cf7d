using Assay.Models.Reranking;
using Assay.Rag.Fusion;
using Assay.Rag.Retrieving;
using Assay.Rag.Storage;

namespace Assay.Rag.Live;

/// <summary>Orders candidates again by a model over the network.</summary>
internal static class LiveReranking
{
    /// <summary>All candidates in their new order with their new scores; equal scores keep the order they came in.</summary>
    /// <exception cref="Assay.Models.Calls.ModelCallException">The model gave no answer in time.</exception>
    public static async Task<List<ScoredChunk>> RerankAsync(IReranker reranker, QueryCall call, List<ScoredChunk> candidates, ChunkStore chunks)
    {
        var passages = candidates.ConvertAll(c => PassageText.Of(chunks.Read(c.Chunk)));
        var reranked = await reranker.RerankAsync(call.Text, passages, call.Left(), call.CancellationToken);
        return [.. candidates.Select((c, i) => c with { Score = reranked.Scores[i] }).OrderByDescending(c => c.Score)];
    }
}
