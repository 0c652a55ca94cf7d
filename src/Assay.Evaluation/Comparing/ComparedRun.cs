using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Summaries;

namespace Assay.Evaluation.Comparing;

/// <summary>A run with the ids of its cases by their place; null where a case was not asked yet.</summary>
internal sealed class ComparedRun
{
    public ComparedRun(RunPlan plan, IEnumerable<CaseOutcome> outcomes)
    {
        Ids = new string?[plan.Content.Dataset.Cases];
        Summary = RunSummary.Of(plan, Named(outcomes));
    }

    public RunSummary Summary { get; }

    public string?[] Ids { get; }

    private IEnumerable<CaseOutcome> Named(IEnumerable<CaseOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Ids[outcome.Index] = outcome.Case.Id;
            yield return outcome;
        }
    }
}
