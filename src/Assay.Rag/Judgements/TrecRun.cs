using System.Globalization;
using System.Text;
using Assay.Files;

namespace Assay.Rag.Judgements;

/// <summary>A ranking of documents for one query.</summary>
internal sealed record RankedDocuments(string QueryId, IReadOnlyList<(string Document, double Score)> Documents);

/// <summary>Writes rankings in the TREC form: <c>query Q0 document rank score tag</c>.</summary>
internal static class TrecRun
{
    private const string Tag = "assay";

    public static void Write(string path, IEnumerable<RankedDocuments> rankings)
    {
        var text = new StringBuilder();
        foreach (var ranking in rankings)
        {
            for (var i = 0; i < ranking.Documents.Count; i++)
            {
                // Scores fall with the rank so that a reader who sorts by score finds the same order: reranked and fused scores are not on one scale.
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{ranking.QueryId} Q0 {ranking.Documents[i].Document} {i + 1} {ranking.Documents.Count - i} {Tag}\n"
                );
            }
        }

        AtomicFile.WriteText(path, text.ToString());
    }
}
