using Assay.Rag.Fusion;
using Assay.Rag.Terms;

namespace Assay.Rag.Reranking;

/// <summary>What a reranker is given for one query.</summary>
/// <param name="Query">The query's terms.</param>
/// <param name="Candidates">The fused order's first chunks, best first.</param>
/// <param name="Fused">The fused score of every chunk of the index.</param>
internal sealed record RerankRequest(QueryTerms Query, IReadOnlyList<ScoredChunk> Candidates, float[] Fused);
