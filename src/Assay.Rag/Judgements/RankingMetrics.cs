using Assay.Ranking;

namespace Assay.Rag.Judgements;

/// <summary>
/// How good one ranking is against its judgements. Gain is linear as in trec_eval's ndcg_cut; the ideal ranking is taken over all judged documents.
/// </summary>
/// <param name="Ndcg10">Normalised discounted cumulative gain at 10; 0 to 1.</param>
/// <param name="AveragePrecision">Average precision; its mean over queries is MAP.</param>
/// <param name="Recall100">Share of the relevant documents among the first 100.</param>
/// <param name="ReciprocalRank10">1 / rank of the first relevant document within 10, else 0; its mean is MRR.</param>
/// <param name="PrecisionAt1">1 when the first document is relevant.</param>
internal sealed record RankingMetrics(double Ndcg10, double AveragePrecision, double Recall100, double ReciprocalRank10, double PrecisionAt1)
{
    private const int NdcgDepth = 10;
    private const int RecallDepth = 100;

    /// <summary>Scores a ranking; null when the query has no relevant document and cannot be scored.</summary>
    /// <param name="ranking">Document ids, best first, without repeats.</param>
    /// <param name="grades">The judged documents.</param>
    /// <param name="residual">Whether documents judged below 0 leave the ranking instead of counting as not relevant.</param>
    public static RankingMetrics? Of(IEnumerable<string> ranking, IReadOnlyDictionary<string, int> grades, bool residual)
    {
        var judged = grades.Values.Select(grade => (double)grade);
        var ranked = ranking.Select(document => (double)grades.GetValueOrDefault(document));
        return JudgedRanking.Of(ranked.Where(grade => !residual || grade >= 0), judged) is { } scored
            ? new RankingMetrics(
                scored.Ndcg(NdcgDepth),
                scored.AveragePrecision(),
                scored.Recall(RecallDepth),
                scored.ReciprocalRank(NdcgDepth),
                scored.ReciprocalRank(1)
            )
            : null;
    }

    /// <summary>The mean over queries.</summary>
    public static RankingMetrics Mean(IReadOnlyCollection<RankingMetrics> all) =>
        new(
            all.Average(m => m.Ndcg10),
            all.Average(m => m.AveragePrecision),
            all.Average(m => m.Recall100),
            all.Average(m => m.ReciprocalRank10),
            all.Average(m => m.PrecisionAt1)
        );
}
