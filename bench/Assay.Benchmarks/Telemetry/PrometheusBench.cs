using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assay.Observability.Prometheus;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Assay.Benchmarks.Telemetry;

/// <summary>Time and allocation of one scrape with 20,000 samples, collection by the SDK included.</summary>
internal static class PrometheusBench
{
    private const int Samples = 20_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);
    private const int Rounds = 10;
    private const int BoundsOfHistogram = 12;
    private static readonly string[] Stages = ["dense", "sparse", "rerank", "export"];

    /// <summary>Measures every kind of instrument and writes a line for each.</summary>
    public static IReadOnlyList<Figure> Run(TextWriter output, List<string> notes)
    {
        var peer = OtelPrometheusPeer.Load(out var note);
        notes.Add(note);
        output.WriteLine($"/metrics with {Samples} samples, {Rounds} rounds, this thread's allocation");
        output.WriteLine($"{"what", -56} {"who", -30} {"min ms", 8} {"median", 8} {"bytes", 8} {"page kB", 8}");
        return
        [
            .. ScrapeFigures.Of(
                "/metrics, text",
                ScrapeFigures.MostMsForText,
                [
                    Text("counters, none changed", meter => Counters(meter, Samples, changed: 0)),
                    Text("counters, 10 % changed", meter => Counters(meter, Samples, changed: Samples / 10)),
                    Text("counters, all changed", meter => Counters(meter, Samples, changed: Samples)),
                    Text("gauges with 3 decimals, all changed", meter => Gauges(meter, r => Math.Round(r.NextDouble() * 1000, 3))),
                    Text("gauges with 16 digits, all changed", meter => Gauges(meter, r => r.NextDouble() * 1000)),
                    Text("histograms, all changed", Histograms),
                ]
            ),
            .. ScrapeFigures.Of(
                "/metrics, OpenMetrics with exemplars",
                ScrapeFigures.MostMsForOpenMetrics,
                [
                    OpenMetrics("counters, none changed", meter => Counters(meter, Samples, 0)),
                    OpenMetrics("counters, 10 % changed", meter => Counters(meter, Samples, Samples / 10)),
                    OpenMetrics("counters, all changed", meter => Counters(meter, Samples, Samples)),
                    OpenMetrics("histograms, all changed", Histograms),
                ]
            ),
        ];

        ScrapeCase Text(string what, Func<Meter, Action> instrument) => new(what, Compare(output, what, peer, PrometheusFormat.Text, instrument));

        ScrapeCase OpenMetrics(string what, Func<Meter, Action> instrument) => new(what, Compare(output, what, peer, PrometheusFormat.OpenMetrics, instrument));
    }

    private static IReadOnlyList<ScrapeCost> Compare(
        TextWriter output,
        string what,
        OtelPrometheusPeer? peer,
        PrometheusFormat format,
        Func<Meter, Action> instrument
    )
    {
        var hasExemplars = format == PrometheusFormat.OpenMetrics;
        using var activity = new Activity("bench") { ActivityTraceFlags = hasExemplars ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None }.Start();
        List<ScrapeTarget> targets = [new("Assay", instrument, Ours), new("OpenTelemetry SDK's collection alone", instrument, CollectOnly)];
        if (peer is not null)
        {
            targets.Add(new ScrapeTarget(OtelPrometheusPeer.Name, instrument, builder => peer.Attach(Limited(builder), hasExemplars)));
        }

        var costs = ScrapeTarget.TakeTurns(targets, WarmUp, Rounds);
        targets.ForEach(t => t.Dispose());
        foreach (var cost in costs)
        {
            output.WriteLine($"{what, -56} {cost.Who, -30} {cost.MinMs, 8:F3} {cost.MedianMs, 8:F3} {cost.Bytes, 8} {cost.Page / 1000, 8}");
        }

        return costs;

        Func<int> Ours(MeterProviderBuilder builder)
        {
            var page = new int[1];
            builder.AddAssayPrometheus(out var exporter, o => o.CardinalityLimit = Samples);
            return () =>
            {
                exporter.Scrape(format, page, static (text, length) => length[0] = text.Length);
                return page[0];
            };
        }
    }

    // What the SDK takes to collect the same points for a reader that does nothing with them.
    private static Func<int> CollectOnly(MeterProviderBuilder builder)
    {
        var exporter = new NoExporter();
        Limited(builder).AddReader(new BaseExportingMetricReader(exporter));
        return () => exporter.Collect!(Timeout.Infinite) ? 0 : -1;
    }

    private static MeterProviderBuilder Limited(MeterProviderBuilder builder) =>
        builder.AddView(_ => new MetricStreamConfiguration { CardinalityLimit = Samples }).SetExemplarFilter(ExemplarFilterType.TraceBased);

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

    [ExportModes(ExportModes.Pull)]
    private sealed class NoExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
