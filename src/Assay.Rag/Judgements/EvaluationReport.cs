namespace Assay.Rag.Judgements;

/// <summary>How good and how fast the pipeline is on a judged collection.</summary>
internal sealed record EvaluationReport
{
    public required int Documents { get; init; }

    public required int Chunks { get; init; }

    /// <summary>Documents that could not be read; a judged one of them counts as not found.</summary>
    public required int BadDocuments { get; init; }

    /// <summary>Queries in the file.</summary>
    public required int Queries { get; init; }

    /// <summary>Queries with at least one relevant document; only they are scored.</summary>
    public required int ScoredQueries { get; init; }

    /// <summary>Judged ids that neither corpus nor queries have.</summary>
    public required UnknownIds Unknown { get; init; }

    /// <summary>Whether documents judged below 0 left the ranking.</summary>
    public required bool Residual { get; init; }

    /// <summary>The models that ran.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Means over the scored queries of the final order.</summary>
    public required RankingMetrics Metrics { get; init; }

    /// <summary>The same of the fused order; null when the reranker is off.</summary>
    public required RankingMetrics? Fused { get; init; }

    /// <summary>Whether reranking helped; null when the reranker is off.</summary>
    public required RerankGain? Rerank { get; init; }

    /// <summary>Documents read, chunked and indexed per second.</summary>
    public required double DocumentsPerSecond { get; init; }

    /// <summary>Queries answered per second on one thread, text to the first <c>top_k</c> passages.</summary>
    public required double QueriesPerSecond { get; init; }
}

/// <summary>Judgements that point nowhere.</summary>
internal sealed record UnknownIds(int Documents, int Queries, IReadOnlyList<string> Examples);

/// <summary>The reranked order against the fused order on the same queries.</summary>
/// <param name="Verdict">Pass when the gain is positive with p below 0.05, Fail when it is negative with p below 0.05, else Inconclusive.</param>
/// <param name="Ndcg10Gain">Mean of reranked − fused nDCG@10.</param>
/// <param name="PValue">Two-sided paired randomisation test: all signs when they are few, else 10,000 draws; 1 when no query differs.</param>
/// <param name="Queries">Queries compared.</param>
/// <param name="Reason">The verdict in words.</param>
internal sealed record RerankGain(Verdict Verdict, double Ndcg10Gain, double PValue, int Queries, string Reason)
{
    private const double Alpha = 0.05;

    public static RerankGain Of(double gain, double p, int queries)
    {
        var verdict =
            queries == 0 ? Verdict.NoData
            : p >= Alpha ? Verdict.Inconclusive
            : gain > 0 ? Verdict.Pass
            : Verdict.Fail;
        var change = FormattableString.Invariant($"{gain:+0.0000;-0.0000} nDCG@10 over the fused order (p = {p:0.0000}, n = {queries})");
        var reason = verdict switch
        {
            Verdict.Pass => $"reranking beats the fused order: {change}",
            Verdict.Fail => $"reranking is worse than the fused order: {change}; switch it off with --disable-rerank",
            Verdict.NoData => "no query could be scored",
            _ => $"reranking does not beat the fused order beyond chance: {change}",
        };
        return new RerankGain(verdict, gain, p, queries, reason);
    }
}
