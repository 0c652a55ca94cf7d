using System.Diagnostics;
using Assay.Observability;
using Assay.Observability.Tracing;
using Assay.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Assay.Benchmarks;

/// <summary>An operation of ours against a raw activity, without a listener, with the SDK's batch processor, and with all of our processors.</summary>
internal static class TracingBench
{
    public static void Run(TextWriter output)
    {
        using var silent = new ActivitySource("Bench.Silent");
        Compare(output, "nobody listens", silent, 100_000);

        using var source = new ActivitySource("Bench.Sdk");
        using (Provider(source).AddProcessor(new BatchActivityExportProcessor(new Nowhere(), maxQueueSize: 1 << 20, maxExportBatchSize: 1 << 10)).Build())
        {
            Compare(output, "OpenTelemetry SDK, batch processor, exporter to nowhere", source, 5_000);
        }

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
        Rounds.Print(
            output,
            "a whole trace of two spans through all processors",
            Rounds.Measure(
                51,
                1_000,
                new Contender("SDK, batch processor, exporter to nowhere", n => Nested(plain, n)),
                new Contender("Assay: durations, baggage, tail sampling, JSONL", n => Nested(ours, n)),
                new Contender("Assay at sample rate 0", n => Nested(unsampled, n))
            )
        );
        output.WriteLine($"  spans that the bounded queue turned away in this loop: {meter.Dropped(TelemetrySignal.Span, DropReason.BufferFull)}");
    }

    private static TracerProviderBuilder Provider(ActivitySource source) => Sdk.CreateTracerProviderBuilder().AddSource(source.Name);

    private static void Compare(TextWriter output, string title, ActivitySource source, int repeats) =>
        Rounds.Print(
            output,
            title,
            Rounds.Measure(101, repeats, new Contender("raw Activity", n => Raw(source, n)), new Contender("Operation", n => Ours(source, n)))
        );

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
