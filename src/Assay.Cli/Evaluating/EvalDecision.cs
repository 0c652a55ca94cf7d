using Assay.Evaluation.Gates;
using Assay.Evaluation.Gates.Learning;
using Assay.Evaluation.Judges.Calibrations;
using Assay.Evaluation.Running;
using Assay.Evaluation.Summaries;

namespace Assay.Cli.Evaluating;

/// <summary>Reads a run back from its journal and decides its gates, so that a run and its resumption are judged by the same bytes.</summary>
internal static class EvalDecision
{
    /// <param name="end">How the run ended.</param>
    /// <param name="folder">Where it is.</param>
    /// <param name="gates">The gates of its benchmark.</param>
    /// <param name="benchmark">The benchmark's name.</param>
    /// <param name="catalog">Where baseline, calibrations and learned limits are.</param>
    /// <exception cref="AssayException">A gate does not fit, or a baseline or calibration is damaged (exit code 2).</exception>
    public static RunOutcome Of(RunEnd end, RunFolder folder, IReadOnlyList<GateEntry> gates, string benchmark, string catalog)
    {
        using var record = RunRecord.Open(folder.Journal);
        var summary = RunSummary.Of(record);
        var baseline = Baseline.Find(benchmark, catalog) is { } blessed ? Summary(blessed) : null;
        var agreements = StoredCalibration.All(Path.Combine(catalog, StoredCalibration.FolderName)).Select(JudgeAgreement.Of).OfType<JudgeAgreement>().ToList();
        var limits = LearnedThresholds.Apply(gates, LearnedThresholds.Find(catalog, benchmark), summary.Plan.Content);
        var verdict = RunVerdict.Of(summary, limits.Gates, baseline, agreements);
        // Reports speak the run's language, the terminal English as the whole command does.
        return new RunOutcome(end, folder, summary, verdict) { Spoken = verdict.In("en"), UnusedLimits = limits.Unused };
    }

    private static RunSummary Summary(Baseline baseline)
    {
        using var record = RunRecord.Open(baseline.Journal);
        return RunSummary.Of(record);
    }
}
