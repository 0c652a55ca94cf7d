using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Running;
using Assay.Evaluation.Tests.Catalog;
using Assay.Telemetry;

namespace Assay.Evaluation.Tests.Running;

/// <summary>
/// Dashboards and alerts of others name the metrics of benchmarks. The names are written out once more here: a metric that is renamed, taken away or added
/// without a word turns this red.
/// </summary>
public sealed class BenchmarkMetricContractTests
{
    private static readonly string[] Promised =
    [
        "benchmark_run_duration_seconds",
        "benchmark_metric_value",
        "benchmark_metric_run_variance",
        "benchmark_cases_total",
        "benchmark_judge_calls_total",
    ];

    // The hub shows where the gates of its last runs fail; a run has no such instrument.
    private const string OfTheHub = "benchmark_gate_limit";

    [Fact]
    public void The_registry_holds_every_promised_metric_of_benchmarks_and_no_other() =>
        TelemetryRegistry
            .Default.Metrics.Where(metric => metric.Meter == RunTelemetry.Source)
            .Select(metric => metric.Name)
            .ShouldBe([.. Promised, OfTheHub], ignoreOrder: true);

    [Fact]
    public void A_run_has_an_instrument_for_each_and_no_other_each_with_the_unit_of_the_registry()
    {
        // Other tests make instruments at the same time.
        var made = new ConcurrentQueue<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => made.Enqueue(instrument) };
        listener.Start();
        using var telemetry = new RunTelemetry(TelemetryRegistry.Default, TimeProvider.System);
        var own = made.Where(instrument => telemetry.Owns(instrument.Meter)).ToList();
        own.Select(instrument => instrument.Name).ShouldBe(Promised, ignoreOrder: true);
        own.ShouldAllBe(instrument => instrument.Unit == TelemetryRegistry.Default.Metric(instrument.Name).Unit);
    }

    [Fact]
    public void The_label_metric_takes_the_names_of_the_catalog_which_the_reference_explains()
    {
        var page = File.ReadAllText(RepositoryFiles.Path("docs/reference/en/metrics-of-answers.md"));
        MetricCatalog.Kinds.Select(kind => kind.Name).Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
