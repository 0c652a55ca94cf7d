using Assay.Evaluation.Reports;
using Assay.Evaluation.Storing;
using Assay.Releases.Gates;

namespace Assay.Server.Releases;

/// <summary>A run of a benchmark as evidence for a release.</summary>
internal static class RunEvidence
{
    /// <summary>The evidence of a run, whatever its verdict.</summary>
    /// <param name="title">The need.</param>
    /// <param name="run">The run.</param>
    /// <param name="subject">What the benchmark measures now; null when the catalog does not say it.</param>
    public static NeededEvidence Of(string title, RunHead run, BenchmarkSubject? subject)
    {
        var candidate = SubjectOf(run);
        var gates = run.Report.Gates.Concat(run.Timings.Gates);
        return new NeededEvidence(title, $"run {run.Timings.Run}", [.. gates.Select(g => Piece(g, run, candidate))])
        {
            Missing = "The run has no gates: it measures, it does not decide.",
            Deciding = subject?.Gates,
            Expected = new Candidate { DatasetHash = subject?.DatasetHash ?? "", Prompts = subject?.TargetPrompt is { } prompt ? [prompt] : [] },
            MustNameCommit = true,
            Voids = [.. Voids(run, subject)],
            Notes = [.. Notes(run, subject)],
        };
    }

    private static Candidate SubjectOf(RunHead run) =>
        new()
        {
            Commit = run.Origin?.Commit ?? "",
            Prompts = [.. (run.Origin?.Prompts.Keys ?? []).Order(StringComparer.Ordinal)],
            DatasetHash = run.Report.Content.DatasetHash,
            Models = [.. run.Report.Target.Models.Concat(run.Report.Target.JudgeModels).Distinct(StringComparer.Ordinal)],
        };

    private static EvidencePiece Piece(ReportGate gate, RunHead run, Candidate subject)
    {
        var content = run.Report.Content;
        var reason = run.Translations?.GetValueOrDefault("en")?.Gates.GetValueOrDefault(gate.Name) ?? gate.Reason;
        var evidence = new Evidence(subject, $"{gate.Metric} {gate.Statistic}", gate.Verdict, reason, run.Timings.StartedAt, content.ToolVersion)
        {
            Estimate = gate.Estimate,
            Interval = gate.Interval,
            Threshold = gate.Threshold,
            N = gate.N,
            Method = gate.Method,
            IsSmoke = content.IsSmoke || content.IsDryRun,
        };
        return new EvidencePiece(evidence, gate.FailP);
    }

    private static IEnumerable<string> Voids(RunHead run, BenchmarkSubject? subject)
    {
        if (run.Report.Done != run.Report.Asked)
        {
            yield return $"The run did not end: {run.Report.Done:#,0} of {run.Report.Asked:#,0} cases are done.";
        }

        foreach (var (prompt, hash) in run.Origin?.Prompts ?? new Dictionary<string, string>())
        {
            if (subject?.Prompts.TryGetValue(prompt, out var now) == true && now != hash)
            {
                yield return $"The prompt {prompt} was changed since: it has another text in the catalog now.";
            }
        }

        foreach (var (metric, judge) in Judged(run, subject))
        {
            if (subject!.Calibrated.TryGetValue(judge, out var fingerprint) && fingerprint != metric.Fingerprint)
            {
                yield return $"The judge '{judge}' is another one than was calibrated: its calibration is void.";
            }
        }
    }

    private static IEnumerable<string> Notes(RunHead run, BenchmarkSubject? subject) =>
        Judged(run, subject)
            .Select(j => j.Judge)
            .Distinct(StringComparer.Ordinal)
            .Where(judge => !subject!.Calibrated.ContainsKey(judge))
            .Select(judge => $"The judge '{judge}' is not calibrated: how far it agrees with people nobody measured.");

    private static IEnumerable<(ReportMetric Metric, string Judge)> Judged(RunHead run, BenchmarkSubject? subject) =>
        run
            .Report.Metrics.Where(m => subject?.Judges.ContainsKey(m.Name) == true && run.Report.Gates.Any(g => g.Metric == m.Name))
            .Select(m => (m, subject!.Judges[m.Name]));
}
