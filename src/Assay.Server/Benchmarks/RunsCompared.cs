using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Comparing;
using Assay.Evaluation.Storing;

namespace Assay.Server.Benchmarks;

/// <summary>Two stored runs side by side. Differences are candidate − baseline.</summary>
/// <param name="Comparison">The metrics over all cases.</param>
/// <param name="Metric">The metric by which cases are ordered; null when no metric can be compared.</param>
/// <param name="Changed">How many cases have another value of it.</param>
/// <param name="Rows">A page of cases, what changed most first.</param>
/// <param name="HasMore">Whether there are more.</param>
internal sealed record RunsCompared(RunComparison Comparison, MetricComparison? Metric, int Changed, IReadOnlyList<ComparedRow> Rows, bool HasMore);

/// <summary>One case of both runs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="BaselineValue">The baseline's value, the mean over repeats.</param>
/// <param name="CandidateValue">The candidate's.</param>
internal sealed record ComparedRow(string Id, double? BaselineValue, double? CandidateValue)
{
    /// <summary>What the baseline did, its first repeat; null when it did not ask the case.</summary>
    public StoredCase? Baseline { get; init; }

    /// <summary>What the candidate did.</summary>
    public StoredCase? Candidate { get; init; }

    /// <summary>Candidate − baseline; null when one has no value.</summary>
    public double? Difference => CandidateValue - BaselineValue;
}

/// <summary>Compares stored runs case by case.</summary>
internal sealed class RunsComparing(StoredRuns runs)
{
    /// <summary>The most cases, repeats counted, that a page compares; beyond it `assay eval compare` does.</summary>
    public const int MostAsked = 50_000;

    /// <summary>Cases on a page.</summary>
    public const int RowsPerPage = 20;

    /// <summary>Compares.</summary>
    /// <param name="baseline">The run compared with.</param>
    /// <param name="candidate">The run in question.</param>
    /// <param name="metric">The metric by which cases are ordered; the first when it is none of theirs.</param>
    /// <param name="skip">How many cases to pass over.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AssayException">The runs are too large or share no case (exit code 2).</exception>
    public async Task<RunsCompared> CompareAsync(StoredRun baseline, StoredRun candidate, string? metric, int skip, CancellationToken cancellationToken)
    {
        if (Math.Max(baseline.Report.Done, candidate.Report.Done) > MostAsked)
        {
            throw AssayException.Usage(
                $"A page compares runs of at most {MostAsked:#,0} cases.",
                $"Use the command: assay eval compare {baseline.Run()} {candidate.Run()} --md"
            );
        }

        var (before, after) = (await ReadAsync(baseline, cancellationToken), await ReadAsync(candidate, cancellationToken));
        var comparison = Pairing.Compare(before, after, commonCases: true);
        var chosen = comparison.Metrics.FirstOrDefault(m => m.Name == metric) ?? (comparison.Metrics.Count > 0 ? comparison.Metrics[0] : null);
        var ordered = chosen is null ? [] : Ordered(chosen, before, after);
        var page = ordered.Skip(skip).Take(RowsPerPage).ToList();
        var (left, right) = (await TextsAsync(baseline, page, cancellationToken), await TextsAsync(candidate, page, cancellationToken));
        return new RunsCompared(
            comparison,
            chosen,
            ordered.Count(r => r.Difference is not (null or 0)),
            [.. page.Select(r => r with { Baseline = left.GetValueOrDefault(r.Id), Candidate = right.GetValueOrDefault(r.Id) })],
            ordered.Count > skip + RowsPerPage
        );
    }

    private async Task<ComparedRun> ReadAsync(StoredRun run, CancellationToken cancellationToken)
    {
        var plan = run.Plan();
        var outcomes = new List<CaseOutcome>(run.Report.Done);
        await foreach (var one in runs.CasesAsync(run.Run(), cancellationToken))
        {
            // Numbers only: texts of all cases at once would be too much, and those of the page are read again.
            outcomes.Add((one with { Input = "", Expected = null, Answer = one.Answer is null ? null : "" }).ToOutcome(plan.Content.Metrics));
        }

        return new ComparedRun(plan, outcomes);
    }

    private async Task<Dictionary<string, StoredCase>> TextsAsync(StoredRun run, IReadOnlyList<ComparedRow> page, CancellationToken cancellationToken)
    {
        var wanted = page.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, StoredCase>(StringComparer.Ordinal);
        await foreach (var one in runs.CasesAsync(run.Run(), cancellationToken))
        {
            if (wanted.Contains(one.Id))
            {
                found.TryAdd(one.Id, one);
            }

            if (found.Count == wanted.Count)
            {
                break;
            }
        }

        return found;
    }

    // Cases that one run answered and the other did not come before changes of value; of equal changes the losses come first.
    private static List<ComparedRow> Ordered(MetricComparison metric, ComparedRun baseline, ComparedRun candidate)
    {
        var before = Values(metric.Name, baseline);
        return
        [
            .. Values(metric.Name, candidate)
                .Where(c => before.ContainsKey(c.Key))
                .Select(c => new ComparedRow(c.Key, before[c.Key], c.Value))
                .Where(r => r.BaselineValue is not null || r.CandidateValue is not null)
                .OrderByDescending(r => r.Difference is null)
                .ThenByDescending(r => Math.Abs(r.Difference ?? 0))
                .ThenBy(r => metric.HigherIsBetter ? r.Difference : -r.Difference)
                .ThenBy(r => r.Id, StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, double?> Values(string metric, ComparedRun run)
    {
        var series = run.Summary.Series.Metrics[metric].Values;
        var found = new Dictionary<string, double?>(StringComparer.Ordinal);
        for (var i = 0; i < run.Ids.Length; i++)
        {
            if (run.Ids[i] is { } id)
            {
                found.TryAdd(id, series[i]);
            }
        }

        return found;
    }
}
