using System.Diagnostics;
using Assay.Embedded.Events;
using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Sqlite;
using Assay.Stores.Tests.Events.Experiments;

namespace Assay.Stores.Tests.Events;

/// <summary>A process that appends batches until it is killed, and says of each when it was acknowledged.</summary>
internal static class AppendingProcess
{
    private const int Appenders = 3;

    /// <summary>So small that a kill meets merges of runs.</summary>
    public static readonly RunSizes Runs = new()
    {
        Fresh = 30,
        FanIn = 3,
        Block = 8,
        LeastStep = 20,
    };

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where the store lies.</param>
    /// <param name="from">The first batch; those that were sent before are sent again.</param>
    public static Process Start(string folder, int from)
    {
        var host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(AppendingProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[.. program, "append", folder, from.ToString()])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static async Task RunAsync(string folder, int from)
    {
        await using var file = await SqliteFile.OpenAsync(Path.Combine(folder, "assay.db"), SqliteEventStore.Migrations, CancellationToken.None);
        var store = new SqliteEventStore(file, new TestClock(Sample.Noon), Runs);
        await Task.WhenAll(
            Enumerable
                .Range(0, Appenders)
                .Select(async own =>
                {
                    for (var number = from + own; ; number += Appenders)
                    {
                        await store.AppendAsync(Batch(number), CancellationToken.None);
                        Console.WriteLine(number);
                    }
                })
        );
    }

    /// <summary>Batch n brings the requests and the first spans of its own traces, and late spans, model calls and a second request of those of the batch before.</summary>
    public static EventBatch Batch(int number)
    {
        var spans = new List<SpanEvent>();
        for (var i = 0; i < 10; i++)
        {
            var (own, before) = ((number * 10) + i, ((number - 1) * 10) + i);
            var at = Sample.Noon.AddSeconds(-number % 7200);
            spans.Add(Sample.Child(own, 2, at));
            spans.Add(Sample.Call(own, 3, 0.001m * (1 + i), at));
            spans.Add(Sample.Request(before, at) with { Name = $"op {i % 3}", Failed = i == 0 });
            spans.Add(Sample.Call(before, 4, 0.01m, at));
            spans.Add(Sample.Request(before, at.AddSeconds(1)) with { Span = new SpanId(5), Parent = new SpanId(2), Name = "inner" });
        }

        return new EventBatch
        {
            Spans = spans,
            Logs = [Sample.Log(number)],
            Scores = [Sample.Score(number, number % 5)],
            Exposures = [UnitSample.Exposed(number, "a")],
            Outcomes = [.. Enumerable.Range(0, 3).Select(i => UnitSample.Measured(number, "ms", number + i, i) with { Key = $"{number}-{i}" })],
        };
    }
}
