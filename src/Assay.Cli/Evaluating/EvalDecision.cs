using Assay.Evaluation.Gates;
using Assay.Evaluation.Running;
using Assay.Evaluation.Summaries;

namespace Assay.Cli.Evaluating;

/// <summary>Reads a run back from its journal and decides its gates, so that a run and its resumption are judged by the same bytes.</summary>
internal static class EvalDecision
{
    public static RunOutcome Of(RunEnd end, RunFolder folder, IReadOnlyList<GateEntry> gates, Baseline? baseline)
    {
        using var record = RunRecord.Open(folder.Journal);
        var summary = RunSummary.Of(record);
        return new RunOutcome(end, folder, summary, RunVerdict.Of(summary, gates, baseline is null ? null : Summary(baseline)));
    }

    private static RunSummary Summary(Baseline baseline)
    {
        using var record = RunRecord.Open(baseline.Journal);
        return RunSummary.Of(record);
    }
}
