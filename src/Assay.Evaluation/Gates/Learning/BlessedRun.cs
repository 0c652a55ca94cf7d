using Assay.Evaluation.Benchmarks;

namespace Assay.Evaluation.Gates.Learning;

/// <summary>A blessed run in numbers: what is left of it when another takes its place as the baseline.</summary>
/// <param name="Run">Its id.</param>
/// <param name="At">When it was blessed.</param>
/// <param name="By">By whom.</param>
/// <param name="DatasetHash">The cases that it ran on.</param>
/// <param name="IsDryRun">Whether offline models stood in.</param>
/// <param name="Figures">What its gates found.</param>
internal sealed record BlessedRun(string Run, DateTimeOffset At, string By, string DatasetHash, bool IsDryRun, IReadOnlyList<BlessedFigure> Figures)
{
    public static BlessedRun Of(RunVerdict verdict, string by, DateTimeOffset at)
    {
        RunContent content = verdict.Run.Plan.Content;
        return new(
            verdict.Run.Plan.Run,
            at,
            by,
            content.Dataset.Hash,
            content.IsDryRun,
            [.. verdict.Gates.Select(gate => BlessedFigure.Of(gate, content)).OfType<BlessedFigure>()]
        );
    }

    /// <summary>Whether its figures can stand beside those of another run.</summary>
    public bool IsLike(BlessedRun other) => DatasetHash == other.DatasetHash && IsDryRun == other.IsDryRun;
}
