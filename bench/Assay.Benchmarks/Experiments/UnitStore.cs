using System.Diagnostics;
using Assay.Embedded;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Reports;
using Assay.Stores;

namespace Assay.Benchmarks.Experiments;

/// <summary>Fills a store with the events of an experiment and asks for its sums.</summary>
internal static class UnitStore
{
    private const int Senders = 4;
    private const int EventsPerBatch = 1_000;
    private const int Repeats = 5;

    public static async Task<UnitStoreCost> MeasureAsync(UnitTraffic traffic, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, CancellationToken.None);
            using var memory = new PeakMemory();
            var append = await FillAsync(store.Events, traffic);
            var fillMiB = memory.MiB;
            output.WriteLine(
                $"{traffic.Events:N0} events of {traffic.Units:N0} units stored in {append.Seconds:0.0} s: {traffic.Events / append.Seconds:N0} events/s, {1e6 * append.ProcessorSeconds / traffic.Events:0.00} us of processor time each, {fillMiB:0} MiB"
            );
            var sums = new List<Spent>();
            for (var i = 0; i < Repeats; i++)
            {
                var (spent, answer) = await Spent.OfAsync(() => store.Events.SumExperimentAsync(traffic.Question, CancellationToken.None));
                sums.Add(spent);
                Check(traffic, answer);
            }

            sums.Sort((a, b) => a.Seconds.CompareTo(b.Seconds));
            var reports = await ReportAsync(store, traffic, withQuantile: false);
            var quantiles = await ReportAsync(store, traffic, withQuantile: true);
            var bytes = new DirectoryInfo(folder).GetFiles("assay.db*").Sum(f => f.Length);
            output.WriteLine(
                $"sums: median {sums[Repeats / 2].Seconds * 1e3:0} ms, best {sums[0].Seconds * 1e3:0} ms, worst {sums[^1].Seconds * 1e3:0} ms, {sums[0].ProcessorSeconds * 1e3:0} ms of processor time; peak {memory.MiB:0} MiB; {(double)bytes / traffic.Events:0} B an event"
            );
            output.WriteLine(
                $"whole report: median {reports[Repeats / 2].Seconds * 1e3:0} ms, worst {reports[^1].Seconds * 1e3:0} ms; with a P95: median {quantiles[Repeats / 2].Seconds * 1e3:0} ms, worst {quantiles[^1].Seconds * 1e3:0} ms"
            );
            return new UnitStoreCost(traffic, append, sums, memory.MiB, (double)bytes / traffic.Events) { Reports = reports, QuantileReports = quantiles };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Spent> FillAsync(IEventStore store, UnitTraffic traffic)
    {
        var next = 0L;
        var (spent, _) = await Spent.OfAsync(async () =>
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, Senders)
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            for (long at; (at = Interlocked.Add(ref next, EventsPerBatch) - EventsPerBatch) < traffic.Events; )
                            {
                                await store.AppendAsync(traffic.Batch(at, EventsPerBatch), CancellationToken.None);
                            }
                        })
                    )
            );
            return 0;
        });
        return spent;
    }

    /// <summary>A look as a person takes it: sums, health, guardrails, goals and decision, written as Markdown and JSON; the look is remembered.</summary>
    private static async Task<IReadOnlyList<Spent>> ReportAsync(EmbeddedStore store, UnitTraffic traffic, bool withQuantile)
    {
        var book = new LookBook(store.Documents, store.Events);
        var reports = new List<Spent>();
        for (var i = 0; i < Repeats; i++)
        {
            var (spent, text) = await Spent.OfAsync(async () =>
            {
                var report = await book.LookAsync(traffic.Definition(withQuantile), traffic.End.AddMinutes(i + 1), CancellationToken.None);
                return (Markdown: ExperimentMarkdown.Text(report), Json: ReportJson.Text(report), report.Arms);
            });
            reports.Add(spent);
            Demand(text.Arms.Sum(a => a.Units) == traffic.Units && text.Markdown.Length > 0 && text.Json.Length > 0, "The report lacks units.");
        }

        reports.Sort((a, b) => a.Seconds.CompareTo(b.Seconds));
        return reports;
    }

    private static void Check(UnitTraffic traffic, ExperimentSums sums)
    {
        var units = sums.Variants.Sum(v => v.Units);
        Demand(units == traffic.Units, $"{units} units were summed of {traffic.Units}.");
        var outcomes = sums.Variants.Sum(v => v.Metrics.Sum(m => m.Outcomes));
        Demand(outcomes == traffic.LaterOutcomes, $"{outcomes} outcomes were summed of {traffic.LaterOutcomes}.");
    }

    private static void Demand(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException(problem);
        }
    }
}

/// <summary>What something took, by the clock and by the processors.</summary>
internal sealed record Spent(double Seconds, double ProcessorSeconds)
{
    public static async Task<(Spent Spent, T Result)> OfAsync<T>(Func<Task<T>> work)
    {
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var result = await work();
        clock.Stop();
        process.Refresh();
        return (new Spent(clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - processor).TotalSeconds), result);
    }
}

/// <summary>What storing and summing cost; times in ascending order.</summary>
internal sealed record UnitStoreCost(UnitTraffic Traffic, Spent Append, IReadOnlyList<Spent> Sums, double PeakMiB, double BytesPerEvent)
{
    /// <summary>Whole reports: sums, analysis, Markdown and JSON.</summary>
    public required IReadOnlyList<Spent> Reports { get; init; }

    /// <summary>The same with a quantile.</summary>
    public required IReadOnlyList<Spent> QuantileReports { get; init; }
}
