using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Summaries;

namespace Assay.Evaluation.Reports;

/// <summary>The cases to look at first: those whose target or judge failed, then those that did worst against the first gated metric, else the first metric.</summary>
internal static class WorstCases
{
    /// <summary>Places of cases, the worst first.</summary>
    public static IReadOnlyList<int> Of(RunVerdict verdict, int most)
    {
        var run = verdict.Run;
        if (Leading(verdict) is not { } metric)
        {
            return [];
        }

        var series = run.Series.Metrics[metric.Name];
        return
        [
            .. Enumerable
                .Range(0, run.Series.TargetFailures.Length)
                .Where(i => run.Series.TargetFailures[i] is not null)
                .OrderByDescending(i => run.Series.TargetFailures[i])
                .ThenByDescending(i => series.Failures[i] ?? 0)
                .ThenByDescending(i => series.Values[i] is not null)
                .ThenBy(i => metric.Scale.HigherIsBetter ? series.Values[i] : -series.Values[i])
                .ThenBy(i => i)
                .Take(most),
        ];
    }

    /// <summary>The metric by which cases are ordered; null when a run measures nothing.</summary>
    public static MetricSummary? Leading(RunVerdict verdict)
    {
        var metrics = verdict.Run.Metrics;
        var gated = verdict.Gates.OrderBy(g => g.Verdict == Verdict.Pass).Select(g => metrics.FirstOrDefault(m => m.Name == g.Gate.Metric && !m.IsTimed));
        return gated.FirstOrDefault(m => m is not null) ?? metrics.FirstOrDefault(m => !m.IsTimed);
    }

    /// <summary>The repeats of each of these cases, in the order given.</summary>
    public static IReadOnlyList<IReadOnlyList<CaseOutcome>> Read(IEnumerable<CaseOutcome> outcomes, IReadOnlyList<int> places)
    {
        var found = places.ToDictionary(i => i, _ => new List<CaseOutcome>());
        foreach (var outcome in outcomes)
        {
            if (found.TryGetValue(outcome.Index, out var repeats))
            {
                repeats.Add(outcome);
            }
        }

        return [.. places.Select(i => found[i]).Where(r => r.Count > 0)];
    }
}
