using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;

namespace Assay.Evaluation.Comparing;

/// <summary>One case side by side, first repeats.</summary>
/// <param name="Id">The case.</param>
/// <param name="Baseline">What the baseline did; null when it did not ask the case.</param>
/// <param name="Candidate">What the candidate did; null when it did not ask the case.</param>
public sealed record ComparedCase(string Id, CaseOutcome? Baseline, CaseOutcome? Candidate)
{
    /// <summary>Reads cases of two runs, in the order of the ids.</summary>
    public static IReadOnlyList<ComparedCase> Read(RunRecord baseline, RunRecord candidate, IReadOnlyCollection<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        var (before, after) = (Find(baseline, wanted), Find(candidate, wanted));
        return [.. ids.Select(id => new ComparedCase(id, before.GetValueOrDefault(id), after.GetValueOrDefault(id)))];
    }

    private static Dictionary<string, CaseOutcome> Find(RunRecord run, HashSet<string> ids)
    {
        var found = new Dictionary<string, CaseOutcome>(StringComparer.Ordinal);
        foreach (var outcome in run.Outcomes())
        {
            if (ids.Contains(outcome.Case.Id))
            {
                found.TryAdd(outcome.Case.Id, outcome);
            }

            if (found.Count == ids.Count)
            {
                break;
            }
        }

        return found;
    }
}
