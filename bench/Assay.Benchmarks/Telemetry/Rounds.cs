using System.Diagnostics;

namespace Assay.Benchmarks.Telemetry;

/// <summary>A way to do a thing, under its name.</summary>
internal sealed record Contender(string Name, Action<int> Repeat);

/// <summary>What one contender needed: nanoseconds of the best round, and bytes of all rounds, for one operation.</summary>
internal sealed record Cost(string Name, double Ns, double Bytes);

/// <summary>
/// Runs contenders in turn, many short rounds each, so that a busy moment of the machine falls on all of them alike.
/// </summary>
internal static class Rounds
{
    public static IReadOnlyList<Cost> Measure(int rounds, int repeats, params IReadOnlyList<Contender> contenders)
    {
        foreach (var contender in contenders)
        {
            // Past the tiers of the compiler.
            for (var i = 0; i < 20; i++)
            {
                contender.Repeat(repeats);
                Thread.Yield();
            }
        }

        var ns = contenders.Select(_ => new double[rounds]).ToArray();
        var bytes = new long[contenders.Count];
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                // Each is first as often as the others: what comes after a garbage collection has it easier.
                var i = (round + turn) % contenders.Count;
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var started = Stopwatch.GetTimestamp();
                contenders[i].Repeat(repeats);
                ns[i][round] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / repeats;
                bytes[i] += GC.GetAllocatedBytesForCurrentThread() - allocated;
            }
        }

        return [.. contenders.Select((c, i) => new Cost(c.Name, ns[i].Min(), (double)bytes[i] / rounds / repeats))];
    }

    public static void Print(TextWriter output, string title, IReadOnlyList<Cost> costs)
    {
        output.WriteLine(title);
        foreach (var cost in costs)
        {
            output.WriteLine($"  {cost.Name, -44} {cost.Ns, 9:F1} ns {cost.Bytes, 8:F1} B   {cost.Ns / costs[0].Ns, 6:F2} x {costs[0].Name}");
        }
    }
}
