namespace Assay.Evaluation.Gates.Learning;

/// <summary>The limits that the blessed runs of a benchmark teach.</summary>
/// <param name="DatasetHash">The cases that they hold for.</param>
/// <param name="IsDryRun">Whether they hold for offline models.</param>
/// <param name="Confidence">The probability that a run passes all of them if nothing changed.</param>
/// <param name="At">When they were learned.</param>
/// <param name="Runs">The runs that taught them, the oldest first.</param>
/// <param name="Limits">A limit for each gate that can have one, in the order of the benchmark file.</param>
internal sealed record LearnedBenchmark(
    string DatasetHash,
    bool IsDryRun,
    double Confidence,
    DateTimeOffset At,
    IReadOnlyList<string> Runs,
    IReadOnlyList<LearnedLimit> Limits
)
{
    /// <summary>Of all learned limits together: the share of unchanged runs that miss one of them.</summary>
    public const double Alpha = 0.05;

    /// <summary>Blessed runs that were left out, because they ran on other cases or with other models than the newest.</summary>
    public int Unlike { get; init; }

    /// <summary>Learns from the runs that are like the newest one; alpha is split among the gates (Bonferroni).</summary>
    /// <param name="gates">The gates of the benchmark.</param>
    /// <param name="history">Its blessed runs, the oldest first.</param>
    /// <param name="floors">Its floors.</param>
    /// <param name="at">When.</param>
    public static LearnedBenchmark Of(
        IReadOnlyList<GateEntry> gates,
        IReadOnlyList<BlessedRun> history,
        IReadOnlyList<ThresholdFloor> floors,
        DateTimeOffset at
    )
    {
        var runs = history.Where(run => run.IsLike(history[^1])).ToList();
        var learnable = gates.Where(IsLearnable).ToList();
        return new(
            runs.Count > 0 ? runs[^1].DatasetHash : "",
            runs.Count > 0 && runs[^1].IsDryRun,
            1 - Alpha,
            at,
            [.. runs.Select(run => run.Run)],
            [.. learnable.Select(gate => Learn(gate, runs, floors, Alpha / learnable.Count))]
        )
        {
            Unlike = history.Count - runs.Count,
        };
    }

    private static LearnedLimit Learn(GateEntry gate, List<BlessedRun> runs, IReadOnlyList<ThresholdFloor> floors, double alpha)
    {
        var figures = runs.SelectMany(run => run.Figures).Where(figure => figure.Gate == gate.ShownName).ToList();
        var floor = floors.FirstOrDefault(one => one.Metric == gate.Metric && one.Statistic == (gate.Statistic ?? "mean"));
        return ThresholdLearning.Of(
            gate.ShownName,
            gate.AtLeast is null ? ThresholdSide.AtMost : ThresholdSide.AtLeast,
            [.. figures.Where(figure => figure.Fingerprint == figures[^1].Fingerprint)],
            floor?.Fail,
            alpha
        );
    }

    private static bool IsLearnable(GateEntry gate) =>
        (gate.AtLeast ?? gate.AtMost) is not null
        && GateNames.TryFind(gate.Statistic ?? "mean", out var statistic, out _)
        && BlessedFigure.IsLearnable(statistic);
}
