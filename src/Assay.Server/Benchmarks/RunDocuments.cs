using System.Text.Json.Serialization;
using Assay.Evaluation.Reports;
using Assay.Evaluation.Storing;

namespace Assay.Server.Benchmarks;

/// <summary>A run in a list.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Verdict">What it came to; inconclusive when it did not end.</param>
/// <param name="Reason">Why, in the benchmark's language.</param>
/// <param name="Asked">Cases to ask, repeats counted.</param>
/// <param name="Done">Cases that are done.</param>
/// <param name="DryRun">Whether offline models stood in for live ones.</param>
/// <param name="Smoke">Whether points decided, without intervals.</param>
/// <param name="Target">What was asked.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="DatasetHash">Its hash.</param>
/// <param name="CostUsd">What target and judges cost, as far as prices are known.</param>
/// <param name="Unpriced">Calls whose price is unknown.</param>
/// <param name="Metrics">The metrics.</param>
internal sealed record ListedRun(
    string Run,
    string Benchmark,
    DateTimeOffset StartedAt,
    Verdict Verdict,
    string Reason,
    int Asked,
    int Done,
    bool DryRun,
    bool Smoke,
    string Target,
    string Dataset,
    string DatasetHash,
    decimal CostUsd,
    int Unpriced,
    IReadOnlyList<ListedMetric> Metrics
)
{
    public static ListedRun Of(StoredRun run) =>
        new(
            run.Run(),
            run.Report.Benchmark,
            run.Timings.StartedAt,
            run.Verdict(),
            run.Report.Reason,
            run.Report.Asked,
            run.Report.Done,
            run.Report.Content.IsDryRun,
            run.Report.Content.IsSmoke,
            run.Report.Content.Target,
            run.Report.Content.Dataset,
            run.Report.Content.DatasetHash,
            run.CostUsd(),
            run.Unpriced(),
            [.. run.Metrics().Select(m => new ListedMetric(m.Name, m.Unit, m.N, m.Mean, m.Interval?.Low, m.Interval?.High))]
        );
}

/// <summary>A metric in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit; empty for a share or score.</param>
/// <param name="N">Cases with a value.</param>
/// <param name="Mean">The mean over cases.</param>
/// <param name="Low">The low end of its 95 % interval.</param>
/// <param name="High">The high end.</param>
internal sealed record ListedMetric(string Name, string Unit, int N, double? Mean, double? Low, double? High);

/// <summary>Runs.</summary>
/// <param name="Runs">The newest first.</param>
internal sealed record RunList(IReadOnlyList<ListedRun> Runs);

/// <summary>A benchmark over its latest runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MainMetric">The metric that stands for it; left out when nothing is measured.</param>
/// <param name="Runs">Its latest runs, the oldest first, at most <see cref="BenchmarkShelf.TrendRuns"/>.</param>
internal sealed record BenchmarkDocument(string Name, string? MainMetric, IReadOnlyList<ListedRun> Runs)
{
    public static BenchmarkDocument Of(ShelvedBenchmark benchmark) =>
        new(benchmark.Name, benchmark.Last.Leading()?.Name, [.. benchmark.Runs.Select(ListedRun.Of)]);
}

/// <summary>Benchmarks.</summary>
/// <param name="Benchmarks">The one that ran last first.</param>
internal sealed record BenchmarkList(IReadOnlyList<BenchmarkDocument> Benchmarks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunReceipt))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(StoredRun))]
[JsonSerializable(typeof(BenchmarkList))]
[JsonSerializable(typeof(string))]
internal sealed partial class BenchmarksJson : JsonSerializerContext;
