using System.Diagnostics;
using Assay.Embedded;
using Assay.Stores;

namespace Assay.Benchmarks.Stores;

/// <summary>How long a page of requests and sums of a day take in a store of a million spans.</summary>
internal static class QueryBench
{
    private const int Traces = 125_000;
    private const int TracesPerBatch = 64;
    private const int Repeats = 9;

    public static async Task<IReadOnlyList<QueryCost>> RunAsync(TextWriter output, int traces = Traces)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, CancellationToken.None);
            var now = TimeProvider.System.GetUtcNow();
            await FillAsync(store.Events, traces, now);
            var costs = new List<QueryCost>();
            foreach (var (name, query) in Pages(now))
            {
                costs.Add(
                    await MeasureAsync($"page of 50: {name}", async () => (await store.Events.FindRequestsAsync(query, CancellationToken.None)).Rows.Count)
                );
            }

            foreach (var (name, query) in Sums(now))
            {
                costs.Add(await MeasureAsync($"sums: {name}", async () => (await store.Events.AggregateAsync(query, CancellationToken.None)).Count));
            }

            var some = (await store.Events.FindRequestsAsync(new RequestQuery(), CancellationToken.None)).Rows[^1].Request.Trace;
            costs.Add(await MeasureAsync("a trace", async () => (await store.Events.GetTraceAsync(some, CancellationToken.None))!.Spans.Count));
            costs.ForEach(c => output.WriteLine($"{c.What}: median {c.MedianMs:0.0} ms, worst {c.WorstMs:0.0} ms, {c.Rows} rows"));
            return costs;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Traces spread evenly over a day.</summary>
    private static async Task FillAsync(IEventStore store, int count, DateTimeOffset now)
    {
        var traces = new SampleTraces(20262);
        var batches = count / TracesPerBatch;
        for (var i = 0; i < batches; i++)
        {
            await store.AppendAsync(traces.Batch(TracesPerBatch, now - TimeSpan.FromDays(1) * ((batches - i) / (double)batches)), CancellationToken.None);
        }
    }

    private static IEnumerable<(string Name, RequestQuery Query)> Pages(DateTimeOffset now) =>
        [
            ("no filter", new RequestQuery()),
            ("time range", new RequestQuery { From = now.AddHours(-12), Before = now.AddHours(-11) }),
            ("service", new RequestQuery { Service = "rag-service" }),
            ("version, 1 in 10", new RequestQuery { Version = "1.5.0" }),
            ("version, none", new RequestQuery { Version = "9.9.9" }),
            ("part of the name", new RequestQuery { Name = "SUMM" }),
            ("part of the name, none", new RequestQuery { Name = "nothing like it" }),
            ("failed", new RequestQuery { Failed = true }),
            ("slower than all", new RequestQuery { AtLeast = TimeSpan.FromHours(1) }),
            ("failed and slower than all", new RequestQuery { Failed = true, AtLeast = TimeSpan.FromHours(1) }),
            ("correlation id, none", new RequestQuery { CorrelationId = "caller-none" }),
            ("variant", new RequestQuery { Variant = "ranker=new" }),
            ("prompt", new RequestQuery { Prompt = "answer@3" }),
            (
                "variant, version and slower than all",
                new RequestQuery
                {
                    Variant = "ranker=new",
                    Version = "1.5.0",
                    AtLeast = TimeSpan.FromHours(1),
                }
            ),
        ];

    private static IEnumerable<(string Name, AggregateQuery Query)> Sums(DateTimeOffset now) =>
        [
            ("requests, 24 h by hour", new AggregateQuery(Series.Requests, now.AddDays(-1), now) { Step = TimeSpan.FromHours(1) }),
            ("requests, 24 h by minute", new AggregateQuery(Series.Requests, now.AddDays(-1), now) { Step = TimeSpan.FromMinutes(1) }),
            ("spans by name, 24 h by hour", new AggregateQuery(Series.Spans, now.AddDays(-1), now) { Step = TimeSpan.FromHours(1), By = [Dimension.Name] }),
            ("spans by name, 24 h in one", new AggregateQuery(Series.Spans, now.AddDays(-1), now) { By = [Dimension.Name] }),
        ];

    private static async Task<QueryCost> MeasureAsync(string what, Func<Task<int>> ask)
    {
        var times = new List<double>();
        var rows = 0;
        for (var i = 0; i < Repeats; i++)
        {
            var started = Stopwatch.GetTimestamp();
            rows = await ask();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return new QueryCost(what, times[Repeats / 2], times[^1], rows);
    }
}

/// <summary>What a query cost.</summary>
internal sealed record QueryCost(string What, double MedianMs, double WorstMs, int Rows);
