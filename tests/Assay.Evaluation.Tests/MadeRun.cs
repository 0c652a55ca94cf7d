using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Summaries;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Evaluation.Tests;

/// <summary>A run whose outcomes a test writes down: a line of measurements for each case and repeat.</summary>
internal sealed class MadeRun
{
    private readonly List<CaseOutcome> outcomes = [];
    private int cases;

    public MadeRun(params string[] metrics)
        : this([.. metrics.Select(m => new PlannedMetric(m, $"fingerprint of {m}", MetricScale.Share))]) { }

    public MadeRun(IReadOnlyList<PlannedMetric> metrics) => Metrics = metrics;

    public IReadOnlyList<PlannedMetric> Metrics { get; }

    public int Repeats { get; init; } = 1;

    public string Run { get; init; } = "r1";

    public string Language { get; init; } = "en";

    public bool IsSmoke { get; init; }

    public bool IsDryRun { get; init; }

    public string DatasetHash { get; init; } = new('a', 64);

    /// <summary>Cases of the dataset that were not asked.</summary>
    public int Unasked { get; init; }

    public RunPlan Plan =>
        new(
            Run,
            "made",
            DateTimeOffset.UnixEpoch,
            new RunContent(new DatasetIdentity("made_v1", DatasetHash, cases + Unasked, cases, 0), "echo", "t1", Metrics, Repeats, 1)
            {
                IsSmoke = IsSmoke,
                IsDryRun = IsDryRun,
                Language = Language,
                ToolVersion = "0.0.0",
            }
        );

    public IReadOnlyList<CaseOutcome> Outcomes => outcomes;

    public RunSummary Summary => RunSummary.Of(Plan, outcomes);

    /// <summary>A case with a value of the first metric for each repeat.</summary>
    public MadeRun Case(string? cluster, params double[] values)
    {
        for (var repeat = 0; repeat < values.Length; repeat++)
        {
            outcomes.Add(Outcome(cases, repeat, cluster, [new Measurement.Value(values[repeat])]));
        }

        cases++;
        return this;
    }

    /// <summary>A case asked once, with these measurements.</summary>
    public MadeRun Case(string? cluster, params Measurement[] measured)
    {
        outcomes.Add(Outcome(cases, 0, cluster, measured));
        cases++;
        return this;
    }

    public MadeRun Cases(IEnumerable<double> values, Func<int, string?>? cluster = null)
    {
        foreach (var value in values)
        {
            Case(cluster?.Invoke(cases), value);
        }

        return this;
    }

    public MadeRun Fault(ModelFault fault = ModelFault.TimedOut)
    {
        outcomes.Add(new CaseOutcome(cases, 0, new CaseExcerpt($"c{cases}", "?", null, null, []), null, new TargetFault(fault, "no answer in 1 s"), [], []));
        cases++;
        return this;
    }

    public MadeRun Add(CaseOutcome outcome)
    {
        outcomes.Add(outcome);
        cases = outcome.Index + 1;
        return this;
    }

    public RunVerdict Verdict(params GateEntry[] gates) => RunVerdict.Of(Summary, gates);

    public GateResult Gate(GateEntry gate, RunSummary? baseline = null, params JudgeAgreement[] agreements) =>
        RunVerdict.Of(Summary, [gate], baseline, agreements).Gates.Single();

    public static CaseOutcome Outcome(int index, int repeat, string? cluster, IReadOnlyList<Measurement> measured, Answer? answer = null) =>
        new(
            index,
            repeat,
            new CaseExcerpt($"c{index}", $"question {index}", $"reference {index}", cluster, []),
            answer
                ?? new Answer($"answer {index}", "gpt-test")
                {
                    LatencyMs = 100 + index,
                    Cost = Money.OfDollars(0.001m),
                    Tokens = new TokenUsage(10, 0, 0, 5, 0),
                },
            null,
            measured,
            []
        );
}
