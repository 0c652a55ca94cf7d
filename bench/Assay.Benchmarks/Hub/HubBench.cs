namespace Assay.Benchmarks.Hub;

/// <summary>The hub as users run it: what it takes in from senders over HTTP, when that is seen, and how long pages take.</summary>
internal static class HubBench
{
    private const int Seconds = 60;
    private const double LeastSpansPerSecond = 30_000;
    private const double MostMb = 300;
    private const double MostFindMs = 2_000;
    private const double MostPageMs = 200;
    private const double MostReadySeconds = 1.5;
    private const long Million = 1_000_000;

    public static async Task<BenchResult> RunAsync(TextWriter output, int? seconds)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            return await RunAsync(output, seconds ?? Seconds, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BenchResult> RunAsync(TextWriter output, int seconds, string folder)
    {
        void Say(string text) => output.WriteLine($"hub: {text}");
        Say($"writing requests for {seconds} s ...");
        var load = Consignment.Make(seconds);
        Say($"{load.Count:N0} requests, {load.Bytes / 1e6:0} MB compressed, {load.PlainBytes / 1e6:0} MB before");
        HubCost cost;
        using (var hub = await HubProcess.StartAsync(folder))
        {
            Say($"ready after {hub.SecondsToReady:0.00} s");
            cost = await MeasureAsync(hub, load, TimeSpan.FromSeconds(seconds), Say);
            await hub.StopAsync();
        }

        using (var again = await HubProcess.StartAsync(folder))
        {
            cost = cost with { ReadyAgainSeconds = again.SecondsToReady };
            Say($"ready again after {again.SecondsToReady:0.00} s");
            await again.StopAsync();
        }

        return new BenchResult("hub", [.. Figures(cost)], [.. Notes(cost, load)]);
    }

    private static async Task<HubCost> MeasureAsync(HubProcess hub, Consignment load, TimeSpan time, Action<string> say)
    {
        using var sending = new Sending(load, hub.Traces);
        var watching = new Watching(hub, sending);
        using var done = new CancellationTokenSource();
        var before = hub.ProcessorSeconds;
        var watch = watching.RunAsync(say, done.Token);
        await sending.RunAsync(time);
        await done.CancelAsync();
        var last = sending.Last!;
        var found = watching.FindAsync(last);
        var caughtUp = await watching.CaughtUpAsync(last.At);
        await watch;
        var processor = hub.ProcessorSeconds - before;
        var taken = hub.PeakMb;
        say($"{sending.Spans:N0} spans in {sending.Took.TotalSeconds:0.0} s, {sending.Spans / sending.Took.TotalSeconds:N0}/s; {taken:0} MB");
        var pages = await PageTimes.MeasureAsync(hub, "ask-service");
        pages.ToList().ForEach(p => say($"{p}"));
        return new HubCost(sending, watching)
        {
            ReadySeconds = hub.SecondsToReady,
            FoundMs = await found,
            CaughtUpSeconds = caughtUp,
            Behind = sending.Traces - await watching.CountedAsync(),
            Stored = await StoredAsync(hub),
            ProcessorSeconds = processor,
            PeakMb = taken,
            PeakMbAfterPages = hub.PeakMb,
            Pages = pages,
        };
    }

    private static async Task<long> StoredAsync(HubProcess hub)
    {
        const string Line = "assay_ingest_spans_total{outcome=\"stored\"}";
        var metrics = await hub.GetAsync("/metrics");
        return metrics.Split('\n').Where(l => l.StartsWith(Line, StringComparison.Ordinal)).Select(l => long.Parse(l.Split(' ')[1])).Sum();
    }

    private static IEnumerable<Figure> Figures(HubCost cost)
    {
        var rate = cost.Sending.Spans / cost.Sending.Took.TotalSeconds;
        var waits = cost.Sending.Waits;
        yield return Of(
            "spans acknowledged, on disk",
            "spans/s",
            rate,
            Goal.AtLeast("≥ 30,000 spans/s (stretch 50,000)", rate, LeastSpansPerSecond, "spans/s")
        );
        yield return Of("memory of the hub while taking in, peak", "MB", cost.PeakMb, Goal.AtMost("≤ 300 MB", cost.PeakMb, MostMb, "MB"));
        yield return Of("the same after the pages below", "MB", cost.PeakMbAfterPages, Goal.AtMost("≤ 300 MB", cost.PeakMbAfterPages, MostMb, "MB"));
        yield return Of("processor time of the hub for a span", "µs", cost.ProcessorSeconds / cost.Sending.Spans * 1e6);
        yield return Of("wait for an acknowledgement of 512 spans, median", "ms", waits[waits.Count / 2]);
        yield return Of("the same, 99th percentile", "ms", waits[(int)(waits.Count * 0.99)]);
        yield return Of("acknowledged spans that are not stored", "spans", cost.Sending.Spans - cost.Stored, Missing("0", cost.Sending.Spans - cost.Stored));
        var slowest = Math.Max(cost.Watching.SlowestFoundMs, cost.FoundMs);
        yield return Of(
            $"acknowledged trace to found by the API, slowest of {cost.Watching.Looks + 1}",
            "ms",
            slowest,
            Goal.AtMost("≤ 2 s", slowest, MostFindMs, "ms")
        );
        yield return Of("last span to counted by the SLOs", "s", cost.CaughtUpSeconds ?? double.NaN);
        yield return Of("requests that the SLOs do not count in the end", "requests", cost.Behind, Missing("0", cost.Behind));
        yield return Of("requests that the SLOs were behind while taking in, most", "requests", cost.Watching.MostBehind);
        foreach (var page in cost.Pages)
        {
            yield return Page(page, cost.Sending.Spans);
        }

        yield return Of("start to ready, empty", "s", cost.ReadySeconds, Ready(cost.ReadySeconds));
        yield return Of("start to ready, with these spans", "s", cost.ReadyAgainSeconds, Ready(cost.ReadyAgainSeconds));
    }

    private static Figure Page(PageTime page, long spans) =>
        Of(
            $"page {page.What}, {spans:N0} spans (first time {page.First:0} ms)",
            "ms",
            page.Median,
            spans < Million ? null : Goal.AtMost("≤ 200 ms", page.Worst, MostPageMs, "ms")
        );

    private static IEnumerable<string> Notes(HubCost cost, Consignment load)
    {
        yield return $"The published command with the repository's catalog and a data folder of its own, sent to for {cost.Sending.Took.TotalSeconds:0} s by another process on the same cores: four senders with one request on its way each, 512 spans in 64 traces of 4 services, 10 attributes a span, two of 8 spans calls of a model with a price; gzip, {(double)load.Bytes / load.Count / RequestTemplate.Spans:0} B a span of {(double)load.PlainBytes / load.Count / RequestTemplate.Spans:0} B; written and compressed beforehand. What sending needs of the cores is missing to the hub.";
        yield return $"{cost.Sending.PutOff} answers asked to come again later. Pages: median of 9; each bound is that of the slowest of the 9.";
    }

    private static Goal Missing(string text, double got) => Goal.AtMost(text, got, 0, "");

    private static Goal Ready(double seconds) => Goal.AtMost("≤ 1.5 s", seconds, MostReadySeconds, "s");

    private static Figure Of(string what, string unit, double value, Goal? goal = null) => new(what, unit, [new Reading("Assay", value)], goal);
}

/// <summary>What a run came to.</summary>
/// <param name="Sending">What was sent.</param>
/// <param name="Watching">What was seen meanwhile.</param>
internal sealed record HubCost(Sending Sending, Watching Watching)
{
    public double ReadySeconds { get; init; }

    public double ReadyAgainSeconds { get; init; }

    public double FoundMs { get; init; }

    public double? CaughtUpSeconds { get; init; }

    public long Behind { get; init; }

    public long Stored { get; init; }

    public double ProcessorSeconds { get; init; }

    public double PeakMb { get; init; }

    public double PeakMbAfterPages { get; init; }

    public IReadOnlyList<PageTime> Pages { get; init; } = [];
}
