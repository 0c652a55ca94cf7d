using System.Diagnostics;
using System.Globalization;
using System.Text;
using Assay.Embedded;
using Assay.Releases.Ledger;

namespace Assay.Benchmarks.Ledgers;

/// <summary>How long the ledger of many releases takes to be checked: an export by the published command, and the chain in the embedded store.</summary>
internal static class LedgerBench
{
    private const int Links = 100_000;
    private const int Runs = 7;
    private const double MostSeconds = 1;

    // 2026-01-01T00:00:00Z; links a second apart.
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<BenchResult> RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "ledger.jsonl");
            Write(file);
            var commands = await CommandsAsync(folder, file, output);
            var (takenIn, stored) = await StoredAsync(folder, file, output);
            return Result(new FileInfo(file).Length, commands, takenIn, stored);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BenchResult Result(long bytes, IReadOnlyList<CommandCost> commands, double takenIn, IReadOnlyList<double> stored)
    {
        var (median, worst) = (commands[Runs / 2], commands[^1]);
        return new BenchResult(
            "ledger",
            [
                Own("`assay release verify FILE`, whole process, median", "s", median.WallSeconds, Goal.AtMost("≤ 1 s", worst.WallSeconds, MostSeconds, "s")),
                Own("processor time of the same", "s", median.CpuSeconds),
                Own("memory of the same, peak", "MB", median.PeakMb),
                Own("the chain in the embedded store, read and checked, median", "s", stored[Runs / 2], Goal.AtMost("≤ 1 s", stored[^1], MostSeconds, "s")),
                Own("links taken in, on disk when told", "links/s", Links / takenIn),
            ],
            [
                $"{Links:N0} links of 20 releases, {bytes / Links} B each as lines: looks of canaries, the most frequent kind. {Runs} times; each bound is that of the slowest.",
            ]
        );
    }

    private static Figure Own(string what, string unit, double value, Goal? goal = null) => new(what, unit, [new Reading("Assay", value)], goal);

    private static void Write(string file)
    {
        using var stream = File.Create(file);
        var previous = LedgerHash.None;
        for (var number = 1; number <= Links; number++)
        {
            var link = LedgerHash.Link(number, previous, LedgerBody.Made(Entry(number)));
            stream.Write(LedgerLine.Write(link));
            stream.WriteByte((byte)'\n');
            previous = link.Hash;
        }
    }

    private static LedgerEntry Entry(int number)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"verdict":"inconclusive","step":5,"look":{{number}},"reason":"errors (guardrail): canary 0.5 % of {{number}}, control 0.5 % of {{19 * number}}; 0.500 points more is accepted."}"""
        );
        return new LedgerEntry(
            $"release_{number % 20}@1.{number / 1000}.0",
            LedgerKind.Look,
            $"canary/{number}",
            "assay canary",
            First.AddSeconds(number),
            Encoding.UTF8.GetBytes(body)
        );
    }

    private static async Task<IReadOnlyList<CommandCost>> CommandsAsync(string folder, string file, TextWriter output)
    {
        var costs = new List<CommandCost>();
        for (var i = 0; i < Runs; i++)
        {
            var cost = await CommandRun.MeasureAsync(
                AssayRuns.Start(folder, "release", "verify", file, "--catalog", Path.Combine(RepositoryRoot.Find(), "catalog"))
            );
            if (cost.ExitCode != (int)ExitCode.Pass || !cost.Output.Contains($"{Links:N0}", StringComparison.Ordinal))
            {
                throw AssayException.Infrastructure($"`assay release verify` ended with {cost.ExitCode}: {cost.Output}", "Run it by hand to see why.");
            }

            output.WriteLine($"verify: {cost.WallSeconds:0.00} s, {cost.CpuSeconds:0.00} s of processor time, {cost.PeakMb:0} MB");
            costs.Add(cost);
        }

        return [.. costs.OrderBy(c => c.WallSeconds)];
    }

    private static async Task<(double TakenIn, IReadOnlyList<double> Checked)> StoredAsync(string folder, string file, TextWriter output)
    {
        await using var store = await EmbeddedStore.OpenAsync(Path.Combine(folder, "data"), TimeProvider.System, CancellationToken.None);
        using var ledger = new StoredLedger(store.Documents);
        var began = Stopwatch.GetTimestamp();
        await ledger.ImportAsync(File.ReadLinesAsync(file).Select(line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(line))), CancellationToken.None);
        var takenIn = Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine($"taken in: {takenIn:0.0} s");
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            began = Stopwatch.GetTimestamp();
            var check = new ChainCheck();
            await foreach (var line in ledger.LinesAsync(0, CancellationToken.None))
            {
                check.Take(line);
            }

            if (check.End() is not { Verdict: Verdict.Pass, Links: Links })
            {
                throw AssayException.Infrastructure("The stored chain is not whole.", "The bench is wrong.");
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            output.WriteLine($"stored: {times[^1]:0.00} s");
        }

        return (takenIn, [.. times.Order()]);
    }
}
