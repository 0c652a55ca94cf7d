using System.Diagnostics;
using Assay.Observability;
using Assay.Observability.Tracing;
using Assay.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Assay.Benchmarks.Telemetry;

/// <summary>An operation of ours against a raw activity, without a listener, with the SDK's batch processor, and with all of our processors.</summary>
internal static class TracingBench
{
    private const double MostTime = 1.1;
    private const double MostNsWhenOff = 3;

    public static IEnumerable<Figure> Run(TextWriter output)
    {
        using var silent = new ActivitySource("Bench.Silent");
        var off = Compare(output, "nobody listens", silent, 100_000);
        yield return Figures.Time(
            "a span with three attributes, nobody listens",
            off,
            Goal.AtMost("≤ raw Activity + 3 ns", off[1].Ns - off[0].Ns, MostNsWhenOff, "ns")
        );
        yield return Figures.NoMoreBytes("the same, allocation", off);

        using var source = new ActivitySource("Bench.Sdk");
        using (Provider(source).AddProcessor(new BatchActivityExportProcessor(new Nowhere(), maxQueueSize: 1 << 20, maxExportBatchSize: 1 << 10)).Build())
        {
            var on = Compare(output, "OpenTelemetry SDK, batch processor, exporter to nowhere", source, 5_000);
            yield return Figures.Time(
                "a span with three attributes, SDK with a batch processor",
                on,
                Goal.AtMost("≤ 1.1 × raw Activity", on[1].Ns / on[0].Ns, MostTime)
            );
            yield return Figures.NoMoreBytes("the same, allocation", on);
        }

        yield return Whole(output);
    }

    private static Figure Whole(TextWriter output)
    {
        using var meter = new ObservabilityMeter(TelemetryRegistry.Default);
        using var ours = new ActivitySource("Bench.Assay");
        using var unsampled = new ActivitySource("Bench.Unsampled");
        using var plain = new ActivitySource("Bench.Plain");
        using var first = Provider(plain)
            .AddProcessor(new BatchActivityExportProcessor(new Nowhere(), maxQueueSize: 1 << 20, maxExportBatchSize: 1 << 10))
            .Build();
        using var second = Provider(ours).AddAssayTracing(new ObservabilityOptions { TraceFilePath = "/dev/null" }, meter, TextWriter.Null).Build();
        using var third = Provider(unsampled)
            .AddAssayTracing(new ObservabilityOptions { TraceFilePath = "/dev/null", TraceSampleRate = 0 }, meter, TextWriter.Null)
            .Build();
        var costs = Rounds.Measure(
            51,
            1_000,
            new Contender("SDK, batch processor, exporter to nowhere", n => Nested(plain, n)),
            new Contender("Assay: durations, baggage, tail sampling, JSONL", n => Nested(ours, n)),
            new Contender("Assay at sample rate 0", n => Nested(unsampled, n))
        );
        Rounds.Print(output, "a whole trace of two spans through all processors", costs);
        output.WriteLine($"  spans that the bounded queue turned away in this loop: {meter.Dropped(TelemetrySignal.Span, DropReason.BufferFull)}");
        return Figures.Time("a trace of two spans through every processor, written as JSONL", [costs[0], costs[1]]);
    }

    private static TracerProviderBuilder Provider(ActivitySource source) => Sdk.CreateTracerProviderBuilder().AddSource(source.Name);

    private static IReadOnlyList<Cost> Compare(TextWriter output, string title, ActivitySource source, int repeats)
    {
        var costs = Rounds.Measure(101, repeats, new Contender("raw Activity", n => Raw(source, n)), new Contender("Operation", n => Ours(source, n)));
        Rounds.Print(output, title, costs);
        return costs;
    }

    private static void Raw(ActivitySource source, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var activity = source.StartActivity("rag.dense");
            activity?.SetTag("batch_size", 5L);
            activity?.SetTag("latency_ms", 1.5);
            activity?.SetTag("models_executed", "offline/lsa");
        }
    }

    private static void Ours(ActivitySource source, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var operation = source.Operation("rag.dense");
            operation.Set("batch_size", 5);
            operation.Set("latency_ms", 1.5);
            operation.Set("models_executed", "offline/lsa");
        }
    }

    private static void Nested(ActivitySource source, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var root = source.Operation("rag.query");
            using var child = source.Operation("rag.dense");
            child.Set("batch_size", 5);
        }
    }

    private sealed class Nowhere : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var _ in batch) { }

            return ExportResult.Success;
        }
    }
}
