using System.Globalization;
using Assay.Rag.Judgements;

namespace Assay.Cli.Showing;

/// <summary>An evaluation for a terminal.</summary>
internal static class EvaluationView
{
    public static async Task WriteAsync(TextWriter output, EvaluationReport report)
    {
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {report.Documents:#,0} documents in {report.Chunks:#,0} chunks, {report.ScoredQueries:#,0} of {report.Queries:#,0} queries scored{(
                    report.Residual ? ", residual" : ""
                )}
                models: {string.Join(", ", report.Models)}

                          nDCG@10      MAP  recall@100   MRR@10      P@1
                """
            )
        );
        if (report.Fused is { } fused)
        {
            await WriteRowAsync(output, "fused", fused);
        }

        await WriteRowAsync(output, report.Fused is null ? "final" : "reranked", report.Metrics);
        await output.WriteLineAsync();
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"indexing {report.DocumentsPerSecond:#,0} documents/s, searching {report.QueriesPerSecond:#,0} queries/s on one thread"
            )
        );
        if (report.Rerank is { } rerank)
        {
            await output.WriteLineAsync($"{rerank.Verdict}: {rerank.Reason}");
        }
    }

    /// <summary>What the figures leave out.</summary>
    public static async Task WriteNotesAsync(TextWriter error, EvaluationReport report)
    {
        if (report.BadDocuments > 0)
        {
            await error.WriteLineAsync($"note: {report.BadDocuments} documents could not be read and cannot be found.");
        }

        if (report.Unknown is { Documents: > 0 } or { Queries: > 0 })
        {
            await error.WriteLineAsync(
                $"note: the judgements name {report.Unknown.Documents} documents and {report.Unknown.Queries} queries that are not there ({string.Join(", ", report.Unknown.Examples)}); such documents count as not found."
            );
        }
    }

    private static Task WriteRowAsync(TextWriter output, string name, RankingMetrics m) =>
        output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -9} {m.Ndcg10, 7:0.0000}  {m.AveragePrecision, 7:0.0000}  {m.Recall100, 10:0.0000}  {m.ReciprocalRank10, 7:0.0000}  {m.PrecisionAt1, 7:0.0000}"
            )
        );
}
