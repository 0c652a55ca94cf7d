using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;

namespace Assay.Evaluation.Summaries;

/// <summary>
/// What a run came to, in numbers. It follows from the run's plan and the outcomes of its cases alone; all that differs between two executions with the same
/// answers stands in <see cref="Timings"/>. Holds some 100 bytes a case.
/// </summary>
/// <param name="Plan">What the run set out to do.</param>
/// <param name="Done">Cases done, repeats counted.</param>
/// <param name="Metrics">The metrics of the plan, in its order.</param>
/// <param name="Resources">What the answers took: <c>cost_usd</c>, <c>judge_cost_usd</c>, <c>run_cost_usd</c>, <c>tokens</c>, <c>latency_ms</c>.</param>
/// <param name="Target">Answers and faults of the target.</param>
/// <param name="Use">Model calls, tokens and money.</param>
/// <param name="Timings">What differs from one execution to the next.</param>
public sealed record RunSummary(
    RunPlan Plan,
    int Done,
    IReadOnlyList<MetricSummary> Metrics,
    IReadOnlyList<MetricSummary> Resources,
    TargetSummary Target,
    RunUse Use,
    RunTimings Timings
)
{
    /// <summary>Whether every case is done.</summary>
    public bool IsFinished => Done == Plan.Content.Asked;

    internal RunSeries Series { get; init; } = RunSeries.None;

    /// <summary>Summarises a run, finished or not.</summary>
    public static RunSummary Of(RunRecord run) => Of(run.Plan, run.Outcomes());

    /// <summary>Summarises outcomes as they come: by their place in the dataset, then by repeat.</summary>
    internal static RunSummary Of(RunPlan plan, IEnumerable<CaseOutcome> outcomes)
    {
        var fold = new RunFold(plan);
        foreach (var outcome in outcomes)
        {
            fold.Add(outcome);
        }

        return fold.Finish();
    }
}

/// <summary>What the target did.</summary>
/// <param name="Answers">Answers, repeats counted.</param>
/// <param name="Faults">Faults by kind, in the order of their names: <c>TimedOut</c>.</param>
/// <param name="Models">Who answered, in order; offline models begin with <c>offline/</c>.</param>
/// <param name="JudgeModels">Who judged, in order.</param>
public sealed record TargetSummary(int Answers, IReadOnlyDictionary<string, int> Faults, IReadOnlyList<string> Models, IReadOnlyList<string> JudgeModels)
{
    /// <summary>All faults.</summary>
    public int FaultCount => Faults.Values.Sum();

    /// <summary>Why the first case in the order of the dataset has no answer; null when all have one.</summary>
    internal string? FirstFault { get; init; }
}
