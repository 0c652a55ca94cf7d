using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assay.Observability.Prometheus;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Benchmarks;

/// <summary>Time and allocation of one scrape with 20,000 samples, collection by the SDK included.</summary>
internal static class PrometheusBench
{
    private const int Samples = 20_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);
    private const int Scrapes = 200;
    private const int BoundsOfHistogram = 12;
    private static readonly string[] Stages = ["dense", "sparse", "rerank", "export"];

    /// <summary>Measures every kind of instrument and writes a line for each.</summary>
    public static void Run(TextWriter output)
    {
        output.WriteLine($"/metrics with {Samples} samples, {Scrapes} scrapes, this thread's allocation");
        output.WriteLine($"{"what", -56} {"SDK min", 8} {"min ms", 8} {"median", 8} {"bytes", 8} {"page kB", 8}");
        Report(output, "counters (long), none changed", PrometheusFormat.Text, meter => Counters(meter, Samples, changed: 0));
        Report(output, "counters (long), 10 % changed", PrometheusFormat.Text, meter => Counters(meter, Samples, changed: Samples / 10));
        Report(output, "counters (long), all changed", PrometheusFormat.Text, meter => Counters(meter, Samples, changed: Samples));
        Report(output, "gauges (double, 3 decimals), all changed", PrometheusFormat.Text, meter => Gauges(meter, r => Math.Round(r.NextDouble() * 1000, 3)));
        Report(output, "gauges (double, 16 digits), all changed", PrometheusFormat.Text, meter => Gauges(meter, r => r.NextDouble() * 1000));
        Report(output, "histograms, all changed", PrometheusFormat.Text, Histograms);
        Report(output, "text while every series has an exemplar, 10 % changed", PrometheusFormat.Text, meter => Counters(meter, Samples, Samples / 10), true);
        Report(output, "OpenMetrics, exemplars, counters, none changed", PrometheusFormat.OpenMetrics, meter => Counters(meter, Samples, 0), true);
        Report(output, "OpenMetrics, exemplars, counters, 10 % changed", PrometheusFormat.OpenMetrics, meter => Counters(meter, Samples, Samples / 10), true);
        Report(output, "OpenMetrics, exemplars, counters, all changed", PrometheusFormat.OpenMetrics, meter => Counters(meter, Samples, Samples), true);
        Report(output, "OpenMetrics, exemplars, histograms, all changed", PrometheusFormat.OpenMetrics, Histograms, true);
    }

    private static void Report(TextWriter output, string what, PrometheusFormat format, Func<Meter, Action> instrument, bool hasExemplars = false)
    {
        var page = new int[1];
        var alone = Measure("alone." + what, instrument, hasExemplars, CollectOnly);
        var scrape = Measure("scrape." + what, instrument, hasExemplars, Scrape);
        output.WriteLine($"{what, -56} {alone.Min, 8:F3} {scrape.Min, 8:F3} {scrape.Median, 8:F3} {scrape.Bytes, 8} {page[0] / 1000, 8}");

        Action Scrape(MeterProviderBuilder builder)
        {
            builder.AddAssayPrometheus(out var exporter, o => o.CardinalityLimit = Samples);
            return () => exporter.Scrape(format, page, static (text, length) => length[0] = text.Length);
        }
    }

    // What the SDK takes to collect the same points for a reader that does nothing with them.
    private static Action CollectOnly(MeterProviderBuilder builder)
    {
        var exporter = new NoExporter();
        builder
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = Samples })
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddReader(new BaseExportingMetricReader(exporter));
        return () => exporter.Collect!(Timeout.Infinite);
    }

    private static Figures Measure(string name, Func<Meter, Action> instrument, bool hasExemplars, Func<MeterProviderBuilder, Action> read)
    {
        using var meter = new Meter("bench." + name);
        using var activity = new Activity("bench") { ActivityTraceFlags = hasExemplars ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None }.Start();
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name);
        var scrape = read(builder);
        using var provider = builder.Build();
        var record = instrument(meter);

        // The runtime compiles hot loops again in the background: only time, not a number of scrapes, lets it finish.
        for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed < WarmUp; )
        {
            record();
            scrape();
        }

        var (milliseconds, allocated) = (new double[Scrapes], 0L);
        for (var i = 0; i < Scrapes; i++)
        {
            record();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var from = Stopwatch.GetTimestamp();
            scrape();
            milliseconds[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            allocated = Math.Max(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Array.Sort(milliseconds);
        return new Figures(milliseconds[0], milliseconds[Scrapes / 2], allocated);
    }

    private static Action Counters(Meter meter, int count, int changed)
    {
        var counter = meter.CreateCounter<long>("bench_requests_total", "1", "Requests.");
        var tags = TagSets(count);
        var next = 0;
        foreach (var set in tags)
        {
            counter.Add(100_000, set);
        }

        return () =>
        {
            for (var i = 0; i < changed; i++)
            {
                counter.Add(1 + (i & 7), tags[next++ % count]);
            }
        };
    }

    private static Action Gauges(Meter meter, Func<Random, double> value)
    {
        var gauge = meter.CreateGauge<double>("bench_level", "1", "Levels.");
        var tags = TagSets(Samples);
        var random = new Random(7);
        return () =>
        {
            foreach (var set in tags)
            {
                gauge.Record(value(random), set);
            }
        };
    }

    private static Action Histograms(Meter meter)
    {
        double[] bounds = [.001, .0025, .005, .01, .025, .05, .1, .5, 1, 2.5, 5, 10];
        var histogram = meter.CreateHistogram(
            "bench_latency_seconds",
            "s",
            "Latency.",
            null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }
        );
        var tags = TagSets(Samples / (BoundsOfHistogram + 3));
        var random = new Random(7);
        return () =>
        {
            foreach (var set in tags)
            {
                histogram.Record(Math.Exp((random.NextDouble() * 9) - 7), set);
            }
        };
    }

    private static KeyValuePair<string, object?>[][] TagSets(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new KeyValuePair<string, object?>[] { new("route", $"/api/v1/{i:D5}"), new("stage", Stages[i % Stages.Length]) }),
        ];

    private sealed record Figures(double Min, double Median, long Bytes);

    [ExportModes(ExportModes.Pull)]
    private sealed class NoExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
