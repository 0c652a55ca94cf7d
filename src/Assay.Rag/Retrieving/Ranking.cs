using Assay.Rag.Fusion;

namespace Assay.Rag.Retrieving;

/// <summary>One query's order over chunks with what it was made from.</summary>
/// <param name="Order">Chunks, best first: the reranked candidates, then the rest of the fused order.</param>
/// <param name="FusedOrder">The fused order before reranking.</param>
/// <param name="Sparse">BM25F score of every chunk; null when the leg did not run.</param>
/// <param name="Dense">Cosine of every chunk; null when the leg did not run.</param>
/// <param name="Fused">Fused score of every chunk; null when no leg ran.</param>
/// <param name="Reranked">How many of <paramref name="Order"/> were reranked.</param>
/// <param name="Stages">What each stage did.</param>
internal sealed record Ranking(
    IReadOnlyList<ScoredChunk> Order,
    IReadOnlyList<ScoredChunk> FusedOrder,
    float[]? Sparse,
    float[]? Dense,
    float[]? Fused,
    int Reranked,
    IReadOnlyList<StageOutcome> Stages
);
