using System.Diagnostics;
using Assay.Server.Intake;
using Assay.Server.Intake.Details;
using Assay.Server.Tests.Intake;

namespace Assay.Benchmarks.Intake;

/// <summary>A million broken messages: none may throw, and none may take much more memory than it is long.</summary>
internal static class Fuzzing
{
    public const int Seed = 20261;
    private const int Inputs = 1_000_000;

    // A message of the mutation is some kilobytes long; what it becomes, shown twice, stays below this.
    private const double MostBytes = 4 << 20;

    public static IEnumerable<Figure> Run(ExportReaders readers, TextWriter output)
    {
        var mutation = new Mutation(Seed);
        var clock = Stopwatch.StartNew();
        long thrown = 0;
        long well = 0;
        long most = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var message = mutation.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                well += Read(readers, message, Signal.Traces) ? 1 : 0;
                well += Read(readers, message, Signal.Logs) ? 1 : 0;
            }
            catch (Exception e)
            {
                output.WriteLine($"input {i}, {Convert.ToHexString(message)}: {e}");
                thrown++;
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine(
            $"fuzzing: {Inputs} messages read twice in {clock.Elapsed.TotalSeconds:0} s, {well} well formed, {thrown} threw, at most {most} bytes for one"
        );
        yield return new Figure(
            $"Broken messages, {Inputs:N0} of them, that threw",
            "messages",
            [new("assay", thrown)],
            Goal.AtMost("0", thrown, 0, "messages")
        );
        yield return new Figure("Most memory taken for one of them", "B", [new("assay", most)], Goal.AtMost("4 MiB", most, MostBytes, "B"));
    }

    private static bool Read(ExportReaders readers, byte[] message, Signal signal)
    {
        var delivery = new Delivery(message, 1);
        var isWell = !readers.For(signal).Read(delivery).IsPresent;
        delivery.Spans.ForEach(s => OtlpSpanDetails.Read(s.Body));
        delivery.Logs.ForEach(l => OtlpLogDetails.Read(l.Body));
        return isWell;
    }
}
