using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Reports;
using Assay.Stores;

namespace Assay.Evaluation.Storing;

/// <summary>A run as it is handed in: everything but its cases, which follow it one a line.</summary>
/// <param name="Report">What follows from what was asked and answered.</param>
/// <param name="Timings">What differs between two executions with the same answers.</param>
/// <param name="DurationS">How long its last start took, in seconds; null when nobody measured.</param>
internal sealed record RunHead(ReportHead Report, ReportTimings Timings, double? DurationS = null)
{
    /// <summary>The reasons in the languages that the report does not speak, by language; null where nobody said them.</summary>
    public IReadOnlyDictionary<string, SpokenReasons>? Translations { get; init; }

    /// <summary>What was measured; null of runs of an earlier version.</summary>
    public RunOrigin? Origin { get; init; }

    /// <summary>The head of a run's report.</summary>
    /// <param name="verdict">What it came to.</param>
    /// <param name="durationS">How long its last start took, in seconds; null when nobody measured.</param>
    /// <param name="commit">The commit that it began at; empty when unknown.</param>
    public static RunHead Of(RunVerdict verdict, double? durationS = null, string commit = "")
    {
        var other = verdict.Run.Plan.Content.Language == "ru" ? "en" : "ru";
        return new(JsonReport.Head(verdict), JsonReport.Timings(verdict), durationS)
        {
            Translations = new Dictionary<string, SpokenReasons> { [other] = SpokenReasons.Of(verdict.In(other)) },
            Origin = new RunOrigin(commit, verdict.Run.Plan.Content.Prompts),
        };
    }
}

/// <summary>What a run measured, as far as its report does not say it: a release gate asks for it.</summary>
/// <param name="Commit">The commit of the folder in which it began; empty when unknown.</param>
/// <param name="Prompts">The prompts that took part, target's and judges', <c>name@version</c>, with the hashes of their content.</param>
internal sealed record RunOrigin(string Commit, IReadOnlyDictionary<string, string> Prompts);

/// <summary>Why a run came to its verdict, in one language.</summary>
/// <param name="Reason">Of the run.</param>
/// <param name="Gates">Of each gate, by its name.</param>
internal sealed record SpokenReasons(string Reason, IReadOnlyDictionary<string, string> Gates)
{
    public static SpokenReasons Of(RunVerdict verdict) =>
        new(verdict.Reason, verdict.Gates.ToDictionary(gate => gate.Gate.Name, gate => gate.Reason, StringComparer.Ordinal));
}

/// <summary>A run in the store.</summary>
/// <param name="Report">What follows from what was asked and answered.</param>
/// <param name="Timings">What differs between two executions with the same answers.</param>
/// <param name="Cases">Where its cases are, with the hash of the packed bytes.</param>
/// <param name="StoredAt">When it was handed in.</param>
/// <param name="StoredBy">Who handed it in.</param>
/// <param name="DurationS">How long its last start took, in seconds; null when nobody measured.</param>
internal sealed record StoredRun(
    ReportHead Report,
    ReportTimings Timings,
    StoredObject Cases,
    DateTimeOffset StoredAt,
    string StoredBy,
    double? DurationS = null
)
{
    /// <summary>The reasons in the languages that the report does not speak, by language; null where nobody said them.</summary>
    public IReadOnlyDictionary<string, SpokenReasons>? Translations { get; init; }

    /// <summary>What was measured; null of runs of an earlier version.</summary>
    public RunOrigin? Origin { get; init; }

    /// <summary>The run's id.</summary>
    public string Run() => Timings.Run;

    /// <summary>Whether every case was done when it was handed in.</summary>
    public bool IsFinished() => Report.Done == Report.Asked;

    /// <summary>The verdict; of a run that did not end there is none that could pass or fail.</summary>
    public Verdict Verdict() => IsFinished() ? Report.Verdict : Assay.Verdict.Inconclusive;

    /// <summary>All gates, those on time last.</summary>
    public IEnumerable<ReportGate> Gates() => Report.Gates.Concat(Timings.Gates);

    /// <summary>All metrics and what the answers took, each name once, those on time last.</summary>
    public IEnumerable<ReportMetric> Metrics() => Report.Metrics.Concat(Report.Resources).Concat(Timings.Metrics).DistinctBy(m => m.Name);

    /// <summary>What target and judges cost, cached answers included, in US dollars, as far as prices are known.</summary>
    public decimal CostUsd() => Report.Use.Target.CostUsd + Report.Use.Judges.CostUsd;

    /// <summary>Calls whose price is unknown.</summary>
    public int Unpriced() => Report.Use.Target.Unpriced + Report.Use.Judges.Unpriced;

    /// <summary>The metric that stands for the run: that of the first gate on a measured quality, else the first.</summary>
    public ReportMetric? Leading() =>
        Report.Gates.Select(g => Report.Metrics.FirstOrDefault(m => m.Name == g.Metric)).FirstOrDefault(m => m is not null)
        ?? (Report.Metrics.Count > 0 ? Report.Metrics[0] : null);

    /// <summary>The plan as far as comparing needs it: which cases, and what was measured of them.</summary>
    public RunPlan Plan()
    {
        var content = Report.Content;
        return new RunPlan(
            Timings.Run,
            Report.Benchmark,
            Timings.StartedAt,
            new RunContent(
                new DatasetIdentity(content.Dataset, content.DatasetHash, content.Cases, content.Clusters, 0),
                content.Target,
                content.TargetFingerprint,
                [.. Report.Metrics.Select(m => new PlannedMetric(m.Name, m.Fingerprint, new MetricScale(m.HigherIsBetter, m.Low, m.High, m.Unit)))],
                content.Repeats,
                content.Seed
            )
            {
                Language = content.Language,
                IsDryRun = content.IsDryRun,
                IsSmoke = content.IsSmoke,
                ToolVersion = content.ToolVersion,
                BenchmarkHash = content.BenchmarkHash,
            }
        );
    }
}
