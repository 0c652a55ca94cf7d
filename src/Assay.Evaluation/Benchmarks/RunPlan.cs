using System.Collections.Frozen;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Benchmarks;

/// <summary>What a run sets out to do; it stands first in the run's journal, and a resumed run must set out to do the same.</summary>
/// <param name="Run">The run's id, also the name of its folder.</param>
/// <param name="Benchmark">The benchmark's name.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Content">What decides its outcome.</param>
public sealed record RunPlan(string Run, string Benchmark, DateTimeOffset StartedAt, RunContent Content);

/// <summary>Everything that decides the outcome of a run: two runs with the same content differ only by what models say and how long they take.</summary>
/// <param name="Dataset">Which cases.</param>
/// <param name="Target">What is asked, for people.</param>
/// <param name="TargetFingerprint">What is asked, as a hash.</param>
/// <param name="Metrics">What is measured, in the order of the benchmark file.</param>
/// <param name="Repeats">How often each case is asked, from 1.</param>
/// <param name="Seed">Where every random choice begins.</param>
public sealed record RunContent(DatasetIdentity Dataset, string Target, string TargetFingerprint, IReadOnlyList<PlannedMetric> Metrics, int Repeats, ulong Seed)
{
    /// <summary><c>en</c> or <c>ru</c>: the language of judges and reports.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether offline models stood in for the live ones.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether it is a smoke run: point thresholds, too few cases for an interval; no evidence for a release.</summary>
    public bool IsSmoke { get; init; }

    /// <summary>The version of <c>assay</c> that made the plan.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>SHA-256 of the benchmark file's text; empty when the benchmark was built in code.</summary>
    public string BenchmarkHash { get; init; } = "";

    /// <summary>The prompts that were used, <c>name@version</c>, target's and judges', with their content hashes.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The judges that ask no model, by name: they make no call that would tell of them, and nobody may take them for one that does.</summary>
    public IReadOnlyList<string> OfflineJudges { get; init; } = [];

    /// <summary>Cases asked, repeats included.</summary>
    public int Asked => Dataset.Cases * Repeats;
}

/// <summary>A metric of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fingerprint">What shapes its values, as a hash.</param>
/// <param name="Scale">What its numbers mean.</param>
public sealed record PlannedMetric(string Name, string Fingerprint, MetricScale Scale);
