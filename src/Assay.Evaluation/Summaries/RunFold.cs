using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Evaluation.Summaries;

/// <summary>Gathers the outcomes of a run, in the order of the dataset.</summary>
internal sealed class RunFold(RunPlan plan)
{
    // Names of models are told apart up to here; a run has a few.
    private const int MostModels = 100;

    private static readonly MetricScale Usd = new(HigherIsBetter: false, 0, High: null, "usd");

    private readonly MetricFold[] metrics =
    [
        .. plan.Content.Metrics.Select(m => new MetricFold(m.Name, m.Fingerprint, m.Scale, plan.Content.Dataset.Cases, plan.Content.Repeats)),
    ];

    private readonly MetricFold cost = Resource(plan, "cost_usd", Usd);
    private readonly MetricFold judgeCost = Resource(plan, "judge_cost_usd", Usd);
    private readonly MetricFold runCost = Resource(plan, "run_cost_usd", Usd);
    private readonly MetricFold tokens = Resource(plan, "tokens", new(HigherIsBetter: false, 0, High: null, "tokens"));
    private readonly MetricFold latency = Resource(plan, "latency_ms", new(HigherIsBetter: false, 0, High: null, "ms"));
    private readonly CaseClusters clusters = new(plan.Content.Dataset.Cases);
    private readonly CaseSeries targetFailures = new(plan.Content.Dataset.Cases);
    private readonly SortedDictionary<string, int> faults = new(StringComparer.Ordinal);
    private readonly SortedSet<string> models = new(StringComparer.Ordinal);
    private readonly SortedSet<string> judgeModels = new(StringComparer.Ordinal);
    private CallUse targetUse = CallUse.None;
    private CallUse judgeUse = CallUse.None;
    private RunTimings timings = RunTimings.None;
    private int index = -1;
    private int done;
    private int answered;
    private int asked;
    private int failed;
    private string? firstFault;

    private IEnumerable<MetricFold> Resources => [cost, judgeCost, runCost, tokens, latency];

    public void Add(CaseOutcome outcome)
    {
        if (outcome.Index != index)
        {
            EndCase();
            index = outcome.Index;
        }

        clusters.Set(index, outcome.Case.Cluster);
        done++;
        asked++;
        if (outcome.TargetFault is { } fault)
        {
            failed++;
            firstFault ??= fault.Problem;
            faults[fault.Fault.ToString()] = faults.GetValueOrDefault(fault.Fault.ToString()) + 1;
        }
        else if (outcome.Answer is { } answer)
        {
            Add(outcome, answer);
        }
    }

    public RunSummary Finish()
    {
        EndCase();
        for (var unasked = 0; unasked < plan.Content.Dataset.Cases; unasked++)
        {
            if (targetFailures[unasked] is null)
            {
                clusters.Set(unasked, null);
            }
        }

        var series = new Dictionary<string, MetricSeries>();
        foreach (var (name, fold) in Names(Resources, RunResources).Concat(Names(metrics, [.. plan.Content.Metrics.Select(m => m.Name)])))
        {
            series[name] = new MetricSeries(fold.Values, fold.Failures, fold.Sum, fold.Count);
        }

        return new RunSummary(
            plan,
            done,
            [.. metrics.Select(m => m.Summary(clusters))],
            [.. Resources.Select(m => m.Summary(clusters))],
            new TargetSummary(answered, faults, [.. models], [.. judgeModels.Union(plan.Content.OfflineJudges, StringComparer.Ordinal)])
            {
                FirstFault = firstFault,
            },
            new RunUse(targetUse, judgeUse),
            timings
        )
        {
            Series = new RunSeries(clusters, series, targetFailures),
        };
    }

    /// <summary>Names of what is gathered beside the plan's metrics.</summary>
    internal static readonly string[] RunResources = ["cost_usd", "judge_cost_usd", "run_cost_usd", "tokens", "latency_ms"];

    private static IEnumerable<(string Name, MetricFold Fold)> Names(IEnumerable<MetricFold> folds, IEnumerable<string> names) => names.Zip(folds);

    private static MetricFold Resource(RunPlan plan, string name, MetricScale scale) =>
        new(name, name, scale, plan.Content.Dataset.Cases, plan.Content.Repeats);

    private void Add(CaseOutcome outcome, Answer answer)
    {
        answered++;
        Remember(models, answer.Model);
        targetUse = targetUse.With(answer.Tokens, answer.Cost);
        timings = timings.With(answer.FromCache, answer.Cost, attempts: 0);
        for (var i = 0; i < metrics.Length; i++)
        {
            metrics[i].Add(outcome.Repeat, outcome.Measurements[i]);
        }

        var judged = JudgeCost(outcome.JudgeCalls);
        AddMoney(cost, outcome.Repeat, answer.Cost);
        AddMoney(judgeCost, outcome.Repeat, judged);
        AddMoney(runCost, outcome.Repeat, answer.Cost is { } a && judged is { } j ? a + j : null);
        if (answer.Tokens is { } used)
        {
            tokens.Add(outcome.Repeat, used.AllInput + used.AllOutput);
        }

        // No clock measures exactly 0: it means that nobody measured.
        if (answer.LatencyMs > 0)
        {
            latency.Add(outcome.Repeat, answer.LatencyMs);
        }
    }

    private Money? JudgeCost(IReadOnlyList<CallFacts> calls)
    {
        Money? sum = Money.Zero;
        foreach (var call in calls)
        {
            Remember(judgeModels, call.Model);
            judgeUse = judgeUse.With(call.Tokens, call.Cost);
            timings = timings.With(call.FromCache, call.Cost, call.Attempts);
            sum = sum is { } known && call.Cost is { } more ? known + more : null;
        }

        return sum;
    }

    private static void AddMoney(MetricFold fold, int repeat, Money? amount)
    {
        if (amount is { } known)
        {
            fold.Add(repeat, (double)known.Dollars);
        }
    }

    private static void Remember(SortedSet<string> names, string name)
    {
        if (name.Length > 0 && names.Count < MostModels)
        {
            names.Add(name);
        }
    }

    private void EndCase()
    {
        if (index < 0)
        {
            return;
        }

        foreach (var fold in metrics.Concat(Resources))
        {
            fold.EndCase(index);
        }

        targetFailures[index] = failed / (double)asked;
        (asked, failed) = (0, 0);
    }
}
