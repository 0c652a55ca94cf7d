using Assay.Evaluation.Reports;
using Assay.Evaluation.Summaries;

namespace Assay.Evaluation.Gates;

/// <summary>What a run came to: its gates, and the verdict that follows from them.</summary>
/// <param name="Run">The run in numbers.</param>
/// <param name="Baseline">The blessed run it was compared with; null when there is none.</param>
/// <param name="Verdict">Fail when a gate fails; pass when all pass; no data when a gate has none; else inconclusive.</param>
/// <param name="Reason">Why, in the run's language.</param>
/// <param name="Gates">The gates in the order of the benchmark file.</param>
public sealed record RunVerdict(RunSummary Run, RunSummary? Baseline, Verdict Verdict, string Reason, IReadOnlyList<GateResult> Gates)
{
    /// <summary>Whether points decided, or offline models answered: no evidence for a release.</summary>
    public bool IsSmoke => Run.Plan.Content.IsSmoke || Run.Plan.Content.IsDryRun;

    /// <summary>Decides the gates of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="gates">Its gates; none gives no data.</param>
    /// <param name="baseline">The blessed run; null when there is none, and then a gate on a difference has no data.</param>
    /// <param name="agreements">Calibrations of judges; null for none, and then a gate on agreement has no data.</param>
    /// <exception cref="AssayException">A gate does not fit the run (exit code 2); the message names the line.</exception>
    public static RunVerdict Of(RunSummary run, IReadOnlyList<GateEntry> gates, RunSummary? baseline = null, IReadOnlyList<JudgeAgreement>? agreements = null)
    {
        var measuring = new GateMeasuring(run, baseline, agreements ?? []);
        return Of(run, baseline, [.. GateReading.Read(gates, run.Plan.Content).Select(g => (g, measuring.Measure(g)))]);
    }

    /// <summary>The same verdict with its reasons in another language.</summary>
    /// <param name="language"><c>en</c> or <c>ru</c>.</param>
    internal RunVerdict In(string language)
    {
        var content = Run.Plan.Content;
        return content.Language == language
            ? this
            : Of(Run with { Plan = Run.Plan with { Content = content with { Language = language } } }, Baseline, Measured);
    }

    /// <summary>What each gate found to decide on.</summary>
    private IReadOnlyList<(Gate Gate, GateFigure Figure)> Measured { get; init; } = [];

    private static RunVerdict Of(RunSummary run, RunSummary? baseline, IReadOnlyList<(Gate Gate, GateFigure Figure)> measured)
    {
        var results = new GateDecision(run, run.Plan.Content.IsSmoke).Decide(measured);
        var verdict = Together(results);
        return new RunVerdict(run, baseline, verdict, ReasonOf(verdict, results, new Figures(run.Plan.Content.Language)), results) { Measured = measured };
    }

    /// <summary>The evidence of every gate, for the ledger.</summary>
    /// <param name="subject">What was evaluated; dataset and models are filled in from the run.</param>
    /// <param name="at">When.</param>
    /// <param name="traceIds">Traces to look at, the worst first.</param>
    public IReadOnlyList<Evidence> Evidence(Candidate subject, DateTimeOffset at, IReadOnlyList<string>? traceIds = null)
    {
        var models = Run.Target.Models.Concat(Run.Target.JudgeModels).Distinct(StringComparer.Ordinal);
        var filled = subject with { DatasetHash = Run.Plan.Content.Dataset.Hash, Models = [.. models] };
        return
        [
            .. Gates.Select(g => new Evidence(filled, $"{g.Gate.Metric} {g.Gate.StatisticName}", g.Verdict, g.Reason, at, Run.Plan.Content.ToolVersion)
            {
                Estimate = g.Estimate,
                Interval = g.Interval,
                Threshold = g.Gate.Threshold,
                N = g.N,
                Method = g.Method,
                TraceIds = [.. (traceIds ?? []).Take(Assay.Evidence.MostTraces)],
                IsSmoke = IsSmoke,
            }),
        ];
    }

    private static Verdict Together(IReadOnlyList<GateResult> gates) =>
        gates.Any(g => g.Verdict == Verdict.Fail) ? Verdict.Fail
        : gates.Count == 0 || gates.Any(g => g.Verdict == Verdict.NoData) ? Verdict.NoData
        : gates.Any(g => g.Verdict == Verdict.Inconclusive) ? Verdict.Inconclusive
        : Verdict.Pass;

    private static string ReasonOf(Verdict verdict, IReadOnlyList<GateResult> gates, Figures figures)
    {
        var names = string.Join(", ", gates.Where(g => g.Verdict == verdict).Select(g => g.Gate.Name));
        var warnings = string.Join(", ", gates.Where(g => g.IsWarning).Select(g => g.Gate.Name));
        return verdict switch
        {
            Verdict.Fail => figures.Say($"Failed: {names}.", $"Не пройдено: {names}."),
            Verdict.NoData when gates.Count == 0 => figures.Say(
                "The benchmark has no gates: it measures, it does not decide.",
                "У бенчмарка нет порогов: он измеряет и не решает."
            ),
            Verdict.NoData => figures.Say($"No data for: {names}.", $"Нет данных: {names}."),
            Verdict.Inconclusive => figures.Say($"Too little data for: {names}.", $"Данных мало: {names}."),
            _ when warnings.Length > 0 => figures.Say(
                $"Every gate passes; in the warning band: {warnings}.",
                $"Все пороги пройдены; в зоне предупреждения: {warnings}."
            ),
            _ => figures.Say($"Every gate passes ({gates.Count} of {gates.Count}).", $"Все пороги пройдены ({gates.Count} из {gates.Count})."),
        };
    }
}
