using System.Diagnostics.Metrics;
using Assay.Evaluation.Storing;
using Assay.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Benchmarks;

/// <summary>
/// Shows the last value of every metric of every benchmark on the hub's metrics page, so that Prometheus keeps the trend. Dry runs are left out: their numbers are
/// those of offline models.
/// </summary>
internal sealed class BenchmarkGauges : IHostedService, IDisposable
{
    // Names of benchmarks and metrics become series: as many as the registry allows. Those that ran last before the start come first.
    private const int MostBenchmarks = 11;
    private const int MostMetrics = 15;

    private readonly StoredRuns runs;
    private readonly Meter meter = new("Assay.Evaluation");
    private readonly Gauge<double> value;
    private readonly Gauge<double> variance;
    private readonly HashSet<string> followed = new(StringComparer.Ordinal);

    public BenchmarkGauges(StoredRuns runs)
    {
        this.runs = runs;
        value = TelemetryRegistry.Default.CreateGauge(meter, "benchmark_metric_value");
        variance = TelemetryRegistry.Default.CreateGauge(meter, "benchmark_metric_run_variance");
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

    /// <summary>Shows a benchmark's last run that ended and asked live models.</summary>
    public async Task FollowAsync(string benchmark, CancellationToken cancellationToken)
    {
        lock (followed)
        {
            if (!followed.Contains(benchmark) && followed.Count == MostBenchmarks)
            {
                return;
            }

            followed.Add(benchmark);
        }

        var latest = await runs.ListAsync(benchmark, 0, BenchmarkShelf.TrendRuns, cancellationToken);
        if (latest.FirstOrDefault(r => r.IsFinished() && !r.Report.Content.IsDryRun) is not { } run)
        {
            return;
        }

        foreach (var metric in run.Metrics().Take(MostMetrics))
        {
            var labels = new KeyValuePair<string, object?>[] { new("benchmark", benchmark), new("metric", metric.Name) };
            if (metric.Mean is { } mean)
            {
                value.Record(mean, labels);
            }

            if (metric.Repeats?.RunDeviation is { } deviation)
            {
                variance.Record(deviation * deviation, labels);
            }
        }
    }

    public void Dispose() => meter.Dispose();
}
