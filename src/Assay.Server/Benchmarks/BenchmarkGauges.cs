using System.Diagnostics.Metrics;
using Assay.Evaluation.Running;
using Assay.Evaluation.Storing;
using Assay.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Benchmarks;

/// <summary>
/// Shows what runs came to on the hub's metrics page, so that Prometheus keeps the trend: a command is gone before it is scraped. The last value of every metric is
/// that of the last run that ended and asked live models; numbers of offline models would look like a change.
/// </summary>
internal sealed class BenchmarkGauges : IHostedService, IDisposable
{
    // Names of benchmarks and metrics become series: as many as the registry allows. Those that ran last before the start come first.
    private const int MostBenchmarks = 11;
    private const int MostMetrics = 15;
    private const int MostLimits = 7;

    private readonly StoredRuns runs;
    private readonly Meter meter = new(RunTelemetry.Source);
    private readonly Gauge<double> value;
    private readonly Gauge<double> variance;
    private readonly Gauge<double> limit;
    private readonly Histogram<double> duration;
    private readonly Counter<long> cases;
    private readonly Counter<long> judgeCalls;
    private readonly HashSet<string> followed = new(StringComparer.Ordinal);

    public BenchmarkGauges(StoredRuns runs)
    {
        this.runs = runs;
        var registry = TelemetryRegistry.Default;
        value = registry.CreateGauge(meter, "benchmark_metric_value");
        variance = registry.CreateGauge(meter, "benchmark_metric_run_variance");
        limit = registry.CreateGauge(meter, "benchmark_gate_limit");
        duration = registry.CreateHistogram(meter, "benchmark_run_duration_seconds");
        cases = registry.CreateCounter(meter, "benchmark_cases_total");
        judgeCalls = registry.CreateCounter(meter, "benchmark_judge_calls_total");
    }

    /// <summary>Shows what was stored before the hub began.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var name in (await runs.BenchmarksAsync(cancellationToken)).Take(MostBenchmarks))
        {
            await FollowAsync(name, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Counts a run that is new, and shows its benchmark anew.</summary>
    public async Task TakeAsync(RunReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt is { Change: RunChange.Added, Counted: { } counted } && await runs.FindAsync(receipt.Run, cancellationToken) is { } run)
        {
            Count(run, counted);
        }

        await FollowAsync(receipt.Benchmark, cancellationToken);
    }

    public void Dispose() => meter.Dispose();

    private void Count(StoredRun run, CaseCounts counted)
    {
        Add(cases, "answered", counted.Answered);
        Add(cases, "cached", counted.Cached);
        Add(cases, "failed", counted.Failed);
        var (calls, cached) = (run.Report.Use.Judges.Calls, Math.Max(0, run.Timings.Cached - counted.Cached));
        // A judged metric that has no value failed with its last call.
        var failed = Math.Min(calls - Math.Min(calls, cached), calls == 0 ? 0 : run.Report.Metrics.Sum(m => m.Errors));
        Add(judgeCalls, "cached", Math.Min(calls, cached));
        Add(judgeCalls, "failed", failed);
        Add(judgeCalls, "retried", Math.Min(run.Timings.Retried, Math.Max(0, calls - cached - failed)));
        Add(judgeCalls, "ok", Math.Max(0, calls - cached - failed - run.Timings.Retried));
        if (run.DurationS is { } seconds && IsFollowed(run.Report.Benchmark))
        {
            duration.Record(seconds, new KeyValuePair<string, object?>("benchmark", run.Report.Benchmark));
        }
    }

    private async Task FollowAsync(string benchmark, CancellationToken cancellationToken)
    {
        if (!IsFollowed(benchmark))
        {
            return;
        }

        var latest = await runs.ListAsync(benchmark, 0, BenchmarkShelf.TrendRuns, cancellationToken);
        if (latest.FirstOrDefault(r => r.IsFinished() && !r.Report.Content.IsDryRun) is { } run)
        {
            Show(run);
        }
    }

    private void Show(StoredRun run)
    {
        foreach (var metric in run.Metrics().Take(MostMetrics))
        {
            var labels = new KeyValuePair<string, object?>[] { new("benchmark", run.Report.Benchmark), new("metric", metric.Name) };
            if (metric.Mean is { } mean)
            {
                value.Record(mean, labels);
            }

            if (metric.Repeats?.RunDeviation is { } deviation)
            {
                variance.Record(deviation * deviation, labels);
            }
        }

        foreach (var gate in run.Gates().Where(g => g.Statistic == "mean").DistinctBy(g => g.Metric).Take(MostLimits))
        {
            ShowLimit(run, gate.Metric, "fail", gate.Threshold.Value);
            ShowLimit(run, gate.Metric, "warn", gate.Threshold.Warn);
        }
    }

    private void ShowLimit(StoredRun run, string metric, string level, double? at)
    {
        if (at is { } known)
        {
            limit.Record(known, new("benchmark", run.Report.Benchmark), new("metric", metric), new("level", level));
        }
    }

    private bool IsFollowed(string benchmark)
    {
        lock (followed)
        {
            return followed.Contains(benchmark) || (followed.Count < MostBenchmarks && followed.Add(benchmark));
        }
    }

    private static void Add(Counter<long> counter, string outcome, int count) => counter.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
}
