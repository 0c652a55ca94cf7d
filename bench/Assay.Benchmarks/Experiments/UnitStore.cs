using System.Diagnostics;
using Assay.Embedded;
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
            var units = 0L;
            for (var i = 0; i < Repeats; i++)
            {
                var (spent, answer) = await Spent.OfAsync(() => store.Events.SumExperimentAsync(traffic.Question, CancellationToken.None));
                sums.Add(spent);
                units = answer.Variants.Sum(v => v.Units);
            }

            Demand(units == traffic.Units, $"{units} units were summed of {traffic.Units}.");
            sums.Sort((a, b) => a.Seconds.CompareTo(b.Seconds));
            var bytes = new DirectoryInfo(folder).GetFiles("assay.db*").Sum(f => f.Length);
            output.WriteLine(
                $"sums: median {sums[Repeats / 2].Seconds * 1e3:0} ms, best {sums[0].Seconds * 1e3:0} ms, worst {sums[^1].Seconds * 1e3:0} ms, {sums[0].ProcessorSeconds * 1e3:0} ms of processor time; peak {memory.MiB:0} MiB; {(double)bytes / traffic.Events:0} B an event"
            );
            return new UnitStoreCost(traffic, append, sums, memory.MiB, (double)bytes / traffic.Events);
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

/// <summary>What storing and summing cost.</summary>
internal sealed record UnitStoreCost(UnitTraffic Traffic, Spent Append, IReadOnlyList<Spent> Sums, double PeakMiB, double BytesPerEvent);
