using System.Diagnostics;
using System.Text.Json;
using Assay.Observability;
using Assay.Observability.Logging;
using Assay.Observability.Tracing;
using Assay.Telemetry;
using OpenTelemetry.Metrics;

namespace Assay.Tests.Observability;

[Collection(AloneInProcess.Name)]
public sealed class ObservabilitySetupTests
{
    [Fact]
    public void One_object_gives_traces_logs_and_metrics_of_one_operation()
    {
        using var folder = new TempFolder();
        var options = new ObservabilityOptions
        {
            TraceFilePath = folder.File("traces.jsonl"),
            LogFilePath = folder.File("app.log"),
            ServiceVersion = "1.2.3",
        };
        using var source = new ActivitySource("Assay.Tests.Setup");
        var metrics = new List<Metric>();
        var hooks = new ObservabilityHooks { Metrics = b => b.AddInMemoryReader(metrics), Traces = b => b.AddSource(source.Name) };
        using (var setup = ObservabilitySetup.Start(options, TextWriter.Null, hooks))
        {
            using (source.Operation("rag.dense"))
            {
                Logging.Messages.Finished(ComponentLoggers.Create(setup.LoggerFactory, "dense"), "dense", "m");
            }

            setup.Flush(Patience.Longest).ShouldBeTrue();
            File.ReadAllLines(options.TraceFilePath).Length.ShouldBe(1);
        }

        var span = JsonDocument.Parse(File.ReadAllLines(options.TraceFilePath).ShouldHaveSingleItem()).RootElement;
        var log = JsonDocument.Parse(File.ReadAllLines(options.LogFilePath).ShouldHaveSingleItem()).RootElement;
        log.GetProperty("span_id").GetString().ShouldBe(span.GetProperty("span_id").GetString());
        span.GetProperty("resource").GetProperty("service.version").GetString().ShouldBe("1.2.3");
        Bounds(metrics.First(m => m.Name == "assay_span_duration_seconds"))
            .ShouldBe([.. TelemetryRegistry.Default.Metric("assay_span_duration_seconds").Buckets, double.PositiveInfinity]);
        Series(metrics.First(m => m.Name == "assay_telemetry_dropped_total")).ShouldBe(3 * 4);
    }

    private static List<double> Bounds(Metric histogram)
    {
        var bounds = new List<double>();
        foreach (ref readonly var point in histogram.GetMetricPoints())
        {
            foreach (var bucket in point.GetHistogramBuckets())
            {
                bounds.Add(bucket.ExplicitBound);
            }
        }

        return bounds;
    }

    private static int Series(Metric metric)
    {
        var count = 0;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            count++;
        }

        return count;
    }

    [Fact]
    public void What_is_turned_off_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        var options = new ObservabilityOptions
        {
            TracingEnabled = false,
            MetricsEnabled = false,
            TraceFilePath = folder.File("t/traces.jsonl"),
            LogFilePath = "",
        };
        using (var setup = ObservabilitySetup.Start(options, TextWriter.Null))
        {
            setup.Flush(Patience.Longest).ShouldBeTrue();
        }

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_log_file_that_cannot_be_written_stops_the_start_with_a_fix()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("taken"), "");
        var options = new ObservabilityOptions { TraceFilePath = "", LogFilePath = folder.File("taken/app.log") };
        Should.Throw<AssayException>(() => ObservabilitySetup.Start(options, TextWriter.Null)).ExitCode.ShouldBe(ExitCode.Infrastructure);
    }
}

internal static class InMemoryReader
{
    public static MeterProviderBuilder AddInMemoryReader(this MeterProviderBuilder builder, List<Metric> into) =>
        builder.AddReader(new BaseExportingMetricReader(new Exporter(into)));

    private sealed class Exporter(List<Metric> into) : OpenTelemetry.BaseExporter<Metric>
    {
        public override OpenTelemetry.ExportResult Export(in OpenTelemetry.Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                into.Add(metric);
            }

            return OpenTelemetry.ExportResult.Success;
        }
    }
}
