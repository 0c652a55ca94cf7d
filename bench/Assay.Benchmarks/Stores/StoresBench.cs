namespace Assay.Benchmarks.Stores;

/// <summary>What the embedded event store takes in, and how long a reader waits for a page, for sums and for a trace.</summary>
internal static class StoresBench
{
    private const double LeastSpansPerSecond = 30_000;
    private const double MostMiB = 300;
    private const double MostPageMs = 200;

    public static async Task<BenchResult> RunAsync(TextWriter output)
    {
        var append = await AppendBench.RunAsync(output);
        var queries = await QueryBench.RunAsync(output);
        return new BenchResult(
            "stores",
            [.. Figures(append), .. queries.Select(Figure)],
            [
                $"Appending: 4 senders, batches of 64 traces of 8 spans, bodies of about 450 B with 10 attributes; {append.MicrosPerSpan:0.0} µs of processor time for a span, making the batch included. Queries: a million spans in 125,000 traces over a day, median of 9; each bound is that of the slowest of the 9.",
            ]
        );
    }

    private static IEnumerable<Figure> Figures(AppendCost cost) =>
        [
            Own(
                "appended spans, on disk when acknowledged",
                "spans/s",
                cost.SpansPerSecond,
                Goal.AtLeast("≥ 30,000 spans/s", cost.SpansPerSecond, LeastSpansPerSecond, "spans/s")
            ),
            Own("wait for an acknowledgement of 512 spans, median", "ms", cost.P50Ms),
            Own("the same, 99th percentile", "ms", cost.P99Ms),
            Own("the same, longest", "ms", cost.MaxMs),
            Own("memory of the process while appending, peak", "MiB", cost.PeakMiB, Goal.AtMost("≤ 300 MiB", cost.PeakMiB, MostMiB, "MiB")),
            Own("file and log for a span", "B", cost.BytesPerSpan),
        ];

    private static Figure Figure(QueryCost cost) =>
        Own(
            $"{cost.What} ({cost.Rows} rows)",
            "ms",
            cost.MedianMs,
            cost.What.StartsWith("page", StringComparison.Ordinal) ? Goal.AtMost("≤ 200 ms", cost.WorstMs, MostPageMs, "ms") : null
        );

    private static Figure Own(string what, string unit, double value, Goal? goal = null) => new(what, unit, [new Reading("Assay", value)], goal);
}
