using System.Diagnostics;
using System.Globalization;

namespace Assay.Tests.Cli.Evaluating;

/// <summary>What killing a run and going on with it came to.</summary>
/// <param name="PaidTwice">For each kill, the calls that were made again after it.</param>
/// <param name="AtCalls">For each kill, the calls that had been made by then.</param>
/// <param name="HasSameReport">Whether the report is the uninterrupted run's, byte for byte outside its timings.</param>
internal sealed record KillRound(IReadOnlyList<int> PaidTwice, IReadOnlyList<int> AtCalls, bool HasSameReport);

/// <summary>Runs a benchmark with <c>assay eval run</c> as a process, kills it as <c>kill -9</c> does, and goes on with it until it is finished.</summary>
/// <param name="stub">What is asked.</param>
/// <param name="start">Starts the command with these arguments.</param>
/// <param name="folder">Where catalog and data folders are written.</param>
/// <param name="cases">How many cases; each takes two calls.</param>
internal sealed class KilledRuns(StubModel stub, Func<string[], Process> start, string folder, int cases)
{
    /// <summary>Calls in flight at once.</summary>
    public const int Concurrency = 16;

    // A kill at a later moment than this many milliseconds after the last call would find the run finished.
    private const int MostMsOfReporting = 150;

    private readonly string catalog = Path.Combine(folder, "catalog");
    private string expected = "";
    private int rounds;

    /// <summary>Writes the catalog and runs the benchmark once without interruption.</summary>
    public async Task PrepareAsync()
    {
        JudgedCases.Write(catalog, cases);
        stub.Counts.Reset();
        var data = NewDataFolder();
        await FinishAsync(Run(data), data);
        Demand(stub.Counts.Stats() is { Duplicates: 0 } stats && stats.Calls == 2 * cases, "The uninterrupted run did not make two calls a case.");
        expected = Report(data);
        var whole = string.Create(CultureInfo.InvariantCulture, $"\"done\": {cases}");
        Demand(expected.Contains(whole, StringComparison.Ordinal), "The uninterrupted run is not whole.");
    }

    /// <summary>A new run that is killed so many times, at random moments, and then finished.</summary>
    public async Task<KillRound> RoundAsync(int kills, Random random)
    {
        stub.Counts.Reset();
        var data = NewDataFolder();
        List<int> paidTwice = [];
        List<int> atCalls = [];
        for (var kill = 0; kill < kills; kill++)
        {
            await KillAsync(Next(data), random);
            NoteDuplicates(paidTwice, kill);
            atCalls.Add(stub.Counts.Calls);
        }

        await FinishAsync(Next(data), data);
        NoteDuplicates(paidTwice, kills);
        return new KillRound(paidTwice, atCalls, Report(data) == expected);
    }

    // What follows a kill shows what was paid twice because of it.
    private void NoteDuplicates(List<int> paidTwice, int kills)
    {
        if (kills > 0)
        {
            paidTwice.Add(stub.Counts.Stats().Duplicates - paidTwice.Sum());
        }
    }

    // Killed before it wrote its plan, a run paid nothing and is begun anew.
    private string[] Next(string data) =>
        Journals(data).Any(path => new FileInfo(path).Length > 0 && stub.Counts.Calls > 0)
            ? ["eval", "resume", "last", "--data", data, "--concurrency", $"{Concurrency}"]
            : Run(data);

    private string[] Run(string data) =>
        [
            .. (string[])["eval", "run", JudgedCases.Benchmark, "--catalog", catalog, "--data", data, "--cache", "off"],
            .. (string[])["--endpoint", stub.Address.ToString(), "--concurrency", $"{Concurrency}"],
        ];

    private async Task KillAsync(string[] arguments, Random random)
    {
        // From before the first call to after the last, and any moment between two calls.
        var asked = stub.Counts.Stats();
        var left = (2 * cases) - asked.DistinctBodies;
        var more = random.Next(left + 1);
        var wait = random.Next(more == left ? MostMsOfReporting : 1 + (int)stub.Latency.TotalMilliseconds);
        using var process = start(arguments);
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (stub.Counts.Calls < asked.Calls + more && !process.HasExited)
        {
            await Task.Delay(1);
        }

        await Task.Delay(wait);
        process.Kill();
        await process.WaitForExitAsync();
        await output;
    }

    private async Task FinishAsync(string[] arguments, string data)
    {
        using var process = start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Demand(process.ExitCode == (int)ExitCode.Pass, $"`{string.Join(' ', arguments)}` ended with {process.ExitCode}:\n{await output}\n{error}");
        Demand(Journals(data).Any(), "The run left no journal.");
    }

    private string NewDataFolder() => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"data-{rounds++}"));

    private static IEnumerable<string> Journals(string data) =>
        Directory.Exists(Path.Combine(data, "runs")) ? Directory.EnumerateFiles(Path.Combine(data, "runs"), "journal.log", SearchOption.AllDirectories) : [];

    private static string Report(string data)
    {
        var run = Directory.EnumerateFiles(Path.Combine(data, "runs"), "report.json", SearchOption.AllDirectories).Single();
        var text = File.ReadAllText(run);
        return text[..text.LastIndexOf("\"timings\":", StringComparison.Ordinal)];
    }

    private static void Demand(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
