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
        var relevant = grades.Values.Where(g => g > 0).OrderDescending().ToList();
        if (relevant.Count == 0)
        {
            return null;
        }

        double gain = 0,
            precision = 0,
            firstAt = 0;
        int rank = 0,
            hits = 0,
            hits100 = 0;
        foreach (var document in ranking)
        {
            var grade = grades.GetValueOrDefault(document);
            if (residual && grade < 0)
            {
                continue;
            }

            rank++;
            if (grade <= 0)
            {
                continue;
            }

            hits++;
            hits100 += rank <= RecallDepth ? 1 : 0;
            precision += (double)hits / rank;
            gain += rank <= NdcgDepth ? grade / Math.Log2(rank + 1) : 0;
            firstAt = firstAt == 0 ? rank : firstAt;
        }

        var ideal = relevant.Take(NdcgDepth).Select((g, i) => g / Math.Log2(i + 2)).Sum();
        return new RankingMetrics(
            gain / ideal,
            precision / relevant.Count,
            (double)hits100 / relevant.Count,
            firstAt is > 0 and <= NdcgDepth ? 1 / firstAt : 0,
            firstAt == 1 ? 1 : 0
        );
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
