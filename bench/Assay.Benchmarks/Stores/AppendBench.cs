using System.Diagnostics;
using Assay.Embedded;
using Assay.Stores;

namespace Assay.Benchmarks.Stores;

/// <summary>How many spans a second are on disk and acknowledged, with several senders at once.</summary>
internal static class AppendBench
{
    private const int Appenders = 4;
    private const int TracesPerBatch = 64;
    private const int Seconds = 10;

    /// <summary>Batches are made beforehand and given new ids by their number of round, so that making them is not measured.</summary>
    private const int BatchesEach = 8;

    public static async Task<AppendCost> RunAsync(TextWriter output, int seconds = Seconds)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, CancellationToken.None);
            var batches = Enumerable.Range(0, Appenders).Select(MakeBatches).ToArray();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            using var peak = new PeakMemory();
            var latencies = await Task.WhenAll(batches.Select((own, i) => Task.Run(() => AppendAsync(store.Events, own, clock, seconds, i))));
            var took = clock.Elapsed.TotalSeconds;
            var processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            var all = latencies.SelectMany(l => l).Order().ToList();
            var size = await store.Events.MeasureAsync(CancellationToken.None);
            var cost = new AppendCost(
                size.Spans / took,
                processor / size.Spans * 1e6,
                (double)size.Bytes / size.Spans,
                all[all.Count / 2],
                all[(int)(all.Count * 0.99)],
                all[^1],
                peak.MiB
            );
            output.WriteLine($"appended: {cost}");
            return cost;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static EventBatch[] MakeBatches(int appender)
    {
        var traces = new SampleTraces(20261 + appender);
        return [.. Enumerable.Range(0, BatchesEach).Select(_ => traces.Batch(TracesPerBatch, TimeProvider.System.GetUtcNow()))];
    }

    private static async Task<List<double>> AppendAsync(IEventStore store, EventBatch[] batches, Stopwatch clock, int seconds, int appender)
    {
        var latencies = new List<double>();
        for (var round = 0; clock.Elapsed.TotalSeconds < seconds; round++)
        {
            var batch = Renewed(batches[round % BatchesEach], ((ulong)appender << 32) + (ulong)round);
            var started = clock.Elapsed;
            await store.AppendAsync(batch, CancellationToken.None);
            latencies.Add((clock.Elapsed - started).TotalMilliseconds);
        }

        return latencies;
    }

    private static EventBatch Renewed(EventBatch batch, ulong round)
    {
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var spans = new List<SpanEvent>(batch.Spans.Count);
        foreach (var span in batch.Spans)
        {
            spans.Add(span with { Trace = new TraceId(span.Trace.Value ^ (UInt128)(round * 0x9E3779B97F4A7C15)), StartNanos = now });
        }

        return new EventBatch { Spans = spans };
    }
}

/// <summary>What appending cost.</summary>
internal sealed record AppendCost(double SpansPerSecond, double MicrosPerSpan, double BytesPerSpan, double P50Ms, double P99Ms, double MaxMs, double PeakMiB);
