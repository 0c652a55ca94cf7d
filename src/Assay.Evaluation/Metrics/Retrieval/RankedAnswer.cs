using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;
using Assay.Ranking;

namespace Assay.Evaluation.Metrics.Retrieval;

/// <summary>The documents of an answer against the documents of its case.</summary>
internal static class RankedAnswer
{
    private const int MaxDepth = 1000;

    /// <summary>How many documents an entry asks to look at.</summary>
    public static int Depth(MetricEntry entry, int standard) => (int)entry.Within("k", entry.K, standard, 1, MaxDepth);

    /// <summary>Measures the ranking. An answer that names no document found nothing: 0.</summary>
    public static Measurement Measure(Case asked, Answer answer, Func<JudgedRanking, double> of) =>
        JudgedRanking.Of(answer.RetrievedIds, asked.Relevant) is { } ranking
            ? new Measurement.Value(of(ranking), answer.RetrievedIds.Count == 0 ? "the answer names no retrieved document" : null)
            : Lacking.Judgements;
}
