using Assay.Rag.Retrieving;

namespace Assay.Rag.Summaries;

/// <summary>The dense stage in a run.</summary>
internal sealed record DenseRun(
    string Status,
    string Model,
    int Dimensions,
    int Chunks,
    double LatencyMs,
    int QueriesApplied,
    int QueriesFellBack,
    string? FallbackReason
);

/// <summary>The sparse stage in a run.</summary>
internal sealed record SparseInferenceRun(
    string Status,
    string Model,
    int Terms,
    int Chunks,
    double CoverageRatio,
    long IndexBytes,
    double LatencyMs,
    int QueriesApplied,
    int QueriesFellBack
);

/// <summary>The rerank stage in a run. The name is the schema's; the model says what really ran: offline it is a linear model over features.</summary>
/// <param name="Status">
/// <c>staged</c> when it was prepared but no query was asked, <c>executed</c> when it reordered candidates, <c>fallback</c> when every query kept the fused order.
/// </param>
/// <param name="Model">The model.</param>
/// <param name="TopKCandidates">Candidates reordered per query at most.</param>
/// <param name="Chunks">Chunks prepared for.</param>
/// <param name="LatencyMs">Time of the preparation.</param>
/// <param name="QueriesApplied">Queries whose candidates were reordered.</param>
/// <param name="QueriesFellBack">Queries that kept the fused order.</param>
/// <param name="FallbackReason">Why most of them did; absent when none did.</param>
internal sealed record CrossEncoderRerankRun(
    string Status,
    string Model,
    int TopKCandidates,
    int Chunks,
    double LatencyMs,
    int QueriesApplied,
    int QueriesFellBack,
    string? FallbackReason
);

/// <summary>The export stage in a run.</summary>
internal sealed record ExportRun(string Status, int FileCount, double TotalSizeMb, double LatencyMs, IReadOnlyList<string> Files);

/// <summary>Makes the sections of the stages that are on.</summary>
internal static class StageRuns
{
    private const string Executed = "executed";
    private const string Staged = "staged";

    public static DenseRun? Dense(RagRun run) =>
        run.Dense is { } dense
            ? new DenseRun(
                dense.FallbackReason is null ? Executed : StageOutcome.Fallback,
                dense.Model,
                dense.Dimensions,
                dense.Chunks,
                dense.LatencyMs,
                run.Outcomes("dense", StageOutcome.Applied),
                run.Outcomes("dense", StageOutcome.Fallback),
                dense.FallbackReason ?? run.ReasonOf("dense")
            )
            : null;

    public static SparseInferenceRun? Sparse(RagRun run) =>
        run.Sparse is { } sparse
            ? new SparseInferenceRun(
                Executed,
                sparse.Model,
                sparse.Terms,
                sparse.Chunks,
                sparse.CoverageRatio,
                sparse.Bytes,
                sparse.LatencyMs,
                run.Outcomes("sparse", StageOutcome.Applied),
                run.Outcomes("sparse", StageOutcome.Fallback)
            )
            : null;

    public static CrossEncoderRerankRun? Rerank(RagRun run)
    {
        if (run.Rerank is not { } rerank)
        {
            return null;
        }

        var applied = run.Outcomes("rerank", StageOutcome.Applied);
        var fellBack = run.Outcomes("rerank", StageOutcome.Fallback);
        return new CrossEncoderRerankRun(
            applied > 0 ? Executed
                : fellBack > 0 ? StageOutcome.Fallback
                : Staged,
            rerank.Model,
            Retriever.RerankDepth,
            rerank.Chunks,
            rerank.LatencyMs,
            applied,
            fellBack,
            run.ReasonOf("rerank")
        );
    }

    public static ExportRun? Export(RagRun run) =>
        run.Exported.Count > 0
            ? new ExportRun(Executed, run.Exported.Count, run.Exported.Sum(f => f.Bytes) / 1e6, run.ExportLatencyMs, [.. run.Exported.Select(f => f.Name)])
            : null;
}
