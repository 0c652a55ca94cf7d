using Assay.Rag.Chunking;

namespace Assay.Rag.Retrieving;

/// <summary>What became of a stage in one query.</summary>
/// <param name="Stage">The stage's name: dense, sparse, fuse, rerank.</param>
/// <param name="Status"><c>applied</c>, <c>skipped</c> or <c>fallback</c>.</param>
/// <param name="Reason">Why it was skipped or fell back; null when it was applied.</param>
/// <param name="LatencyMs">Its time; null when it was skipped.</param>
/// <param name="Model">What ran; null when it was skipped.</param>
internal sealed record StageOutcome(string Stage, string Status, string? Reason, double? LatencyMs, string? Model)
{
    public const string Applied = "applied";
    public const string Skipped = "skipped";
    public const string Fallback = "fallback";
}

/// <summary>A passage with its scores. A stage that was not applied has no score.</summary>
/// <param name="Rank">1 for the best.</param>
/// <param name="Chunk">The passage.</param>
/// <param name="Score">The score that decided the order.</param>
/// <param name="Sparse">BM25F score.</param>
/// <param name="Dense">Cosine.</param>
/// <param name="Fused">Fused score.</param>
/// <param name="Reranked">The reranker's score; null when the passage was beyond its candidates.</param>
internal sealed record RetrievedPassage(int Rank, Chunk Chunk, double Score, double? Sparse, double? Dense, double? Fused, double? Reranked);

/// <summary>The ranked passages of one query and what each stage did for it.</summary>
internal sealed record RetrievalResult(string Query, IReadOnlyList<RetrievedPassage> Passages, IReadOnlyList<StageOutcome> Stages);
