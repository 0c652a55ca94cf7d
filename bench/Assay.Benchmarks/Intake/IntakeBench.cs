using System.Diagnostics;
using Assay.Server.Costs;
using Assay.Server.Hosting;
using Assay.Server.Intake;

namespace Assay.Benchmarks.Intake;

/// <summary>How long the hub takes to read what senders bring, and that nothing they may bring breaks the reading.</summary>
internal static class IntakeBench
{
    public static BenchResult Run(TextWriter output)
    {
        var readers = new ExportReaders(new HubOptions(), new PriceBook(new HubOptions(), TimeProvider.System));
        List<Figure> figures = [.. ReadingSpeed.Run(readers, output), .. Fuzzing.Run(readers, output)];
        return new BenchResult(
            "intake",
            figures,
            [
                "Reading: one thread; a message of 512 spans with 10 attributes each, a third of them model calls, from its bytes to a batch: classified, priced and looked through for personal data. Best of 600 rounds.",
                $"Fuzzing: seed {Fuzzing.Seed}; messages with spans and records of all shapes, broken in one to three places, read as traces and as logs, and what was read shown as the page of a trace shows it.",
            ]
        );
    }
}

/// <summary>Spans from bytes to a batch.</summary>
internal static class ReadingSpeed
{
    private const int Spans = 512;
    private const int Attributes = 10;

    // Many short rounds: the best of them was disturbed by nobody.
    private const int Rounds = 600;
    private const int Requests = 2;
    private const double GoalMicroseconds = 3;

    public static IEnumerable<Figure> Run(ExportReaders readers, TextWriter output)
    {
        var clean = Measure(readers, SampleRequests.Make(Spans, Attributes, dirty: false));
        output.WriteLine($"reading: {clean}");
        var dirty = Measure(readers, SampleRequests.Make(Spans, Attributes, dirty: true));
        output.WriteLine($"reading what must be written anew: {dirty}");
        yield return new Figure(
            "A span of 10 attributes, read",
            "us",
            [new("assay", clean.Microseconds)],
            Goal.AtMost($"{GoalMicroseconds} us", clean.Microseconds, GoalMicroseconds, "us")
        );
        yield return new Figure("A span of 10 attributes with a prompt and an e-mail address, read and written anew", "us", [new("assay", dirty.Microseconds)]);
        yield return new Figure("Allocated for a span that is not written anew", "B", [new("assay", clean.Bytes)]);
    }

    private static ReadingCost Measure(ExportReaders readers, byte[] request)
    {
        var best = double.MaxValue;
        double bytes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < Requests; i++)
            {
                var delivery = new Delivery(request, 1);
                if (readers.For(Signal.Traces).Read(delivery).IsPresent || delivery.Spans.Count != Spans)
                {
                    throw new InvalidOperationException("The message of the bench was not read.");
                }
            }

            best = Math.Min(best, clock.Elapsed.TotalMicroseconds / (Requests * Spans));
            bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / (Requests * Spans);
        }

        return new ReadingCost(best, bytes);
    }

    private sealed record ReadingCost(double Microseconds, double Bytes);
}
