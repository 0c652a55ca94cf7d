using System.Diagnostics;
using Assay.Tests.Cli.Evaluating;

namespace Assay.Benchmarks.Evaluating;

/// <summary>Runs of the published command that are killed at random moments and then finished.</summary>
internal static class Killing
{
    private const int Cases = 200;
    private const int Seed = 20_265;

    // A run is killed once, twice or three times before it may finish.
    private const int MostKillsOfRun = 3;

    // Half of a model's usual latency here: more kills in the same time.
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);

    public static async Task<KillCost> MeasureAsync(string work, int kills, Action<string> say)
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, "kills")).FullName;
        await using var stub = await StubModel.StartAsync(Latency, CancellationToken.None);
        var runs = new KilledRuns(stub, arguments => Process.Start(AssayRuns.Start(folder, arguments))!, folder, Cases);
        await runs.PrepareAsync();
        var random = new Random(Seed);
        List<KillRound> rounds = [];
        while (rounds.Sum(r => r.PaidTwice.Count) is var sofar && sofar < kills)
        {
            rounds.Add(await runs.RoundAsync(Math.Min(kills - sofar, random.Next(1, MostKillsOfRun + 1)), random));
            say(
                $"killed after {string.Join(", ", rounds[^1].AtCalls)} calls: {string.Join(", ", rounds[^1].PaidTwice)} paid twice, same report: {rounds[^1].HasSameReport}"
            );
        }

        return new KillCost(rounds, 2 * Cases);
    }
}

/// <summary>What all kills came to.</summary>
/// <param name="Rounds">Every run.</param>
/// <param name="CallsOfRun">The calls of an uninterrupted run.</param>
internal sealed record KillCost(IReadOnlyList<KillRound> Rounds, int CallsOfRun)
{
    public int Kills => Rounds.Sum(r => r.PaidTwice.Count);

    public int MostPaidTwice => Rounds.SelectMany(r => r.PaidTwice).DefaultIfEmpty().Max();

    public double MeanPaidTwice => Rounds.SelectMany(r => r.PaidTwice).DefaultIfEmpty().Average();

    public int OtherReports => Rounds.Count(r => !r.HasSameReport);
}
