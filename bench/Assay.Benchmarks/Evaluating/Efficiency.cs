using Assay.Tests.Cli.Evaluating;

namespace Assay.Benchmarks.Evaluating;

/// <summary>What one evaluation took, seen from outside and from the model's side.</summary>
/// <param name="Cost">Seen from outside.</param>
/// <param name="Stats">Seen by the model.</param>
/// <param name="IdealSeconds">Every call of every case at the model's latency, as many at once as allowed.</param>
internal sealed record Evaluation(CommandCost Cost, StubStats Stats, double IdealSeconds)
{
    /// <summary>Of the time from the first request to the last answer.</summary>
    public double ShareOfSpan => IdealSeconds / (Stats.SpanMs / 1e3);

    /// <summary>Of the time from the start of the process to its end.</summary>
    public double ShareOfWall => IdealSeconds / Cost.WallSeconds;

    public double CpuMsPerCall => Cost.CpuSeconds * 1e3 / Stats.Calls;
}

/// <summary>Assay and its peer over the same cases, one after the other in turns.</summary>
internal sealed class Efficiency(StubProcess stub, AssayRuns assay, PromptfooPeer? peer)
{
    /// <summary>A model's latency.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    private const int CallsPerCase = 2;

    /// <summary>Runs each so many times.</summary>
    public async Task<EfficiencyRounds> MeasureAsync(int concurrency, int rounds, Action<string> say)
    {
        List<Evaluation> own = [];
        List<Evaluation> others = [];
        for (var round = 0; round < rounds; round++)
        {
            own.Add(await EvaluateAsync(concurrency, Latency, () => assay.RunAsync(stub.Address, concurrency)));
            Tell(say, "Assay", concurrency, own[^1]);
            if (peer is not null)
            {
                others.Add(await EvaluateAsync(concurrency, Latency, () => peer.RunAsync(stub.Address, assay.Cases, concurrency)));
                Tell(say, "promptfoo", concurrency, others[^1]);
            }
        }

        return new EfficiencyRounds(concurrency, own, others);
    }

    /// <summary>One run, with what the model saw of it.</summary>
    /// <exception cref="AssayException">Calls are missing: it was no measurement (exit code 4).</exception>
    public async Task<Evaluation> EvaluateAsync(int concurrency, TimeSpan latency, Func<Task<CommandCost>> run)
    {
        await stub.ResetAsync(latency);
        var cost = await run();
        var stats = await stub.StatsAsync();
        var ideal = assay.Cases * CallsPerCase * latency.TotalSeconds / concurrency;
        return stats.Calls >= CallsPerCase * assay.Cases
            ? new Evaluation(cost, stats, ideal)
            : throw AssayException.Infrastructure(
                $"Only {stats.Calls} of {CallsPerCase * assay.Cases} calls were made: {cost.Output}",
                "Run it by hand to see why."
            );
    }

    private static void Tell(Action<string> say, string who, int concurrency, Evaluation run) =>
        say(
            $"{who, -10} {concurrency, 3} in flight: {run.Cost.WallSeconds:0.00} s, {run.ShareOfSpan:0.00} of the ideal by the model's span, {run.ShareOfWall:0.00} by wall; {run.CpuMsPerCall:0.000} ms CPU a call, {run.Cost.PeakMb:0} MB; at most {run.Stats.MaxInFlight} at once, {run.Stats.MeanLatencyMs:0.0} ms each, {run.Stats.Calls} calls"
        );
}

/// <summary>The runs at one number of calls in flight.</summary>
internal sealed record EfficiencyRounds(int Concurrency, IReadOnlyList<Evaluation> Own, IReadOnlyList<Evaluation> Others)
{
    /// <summary>Medians of what is asked for, Assay's first.</summary>
    public IReadOnlyList<Reading> Medians(string peer, Func<Evaluation, double> of)
    {
        List<Reading> readings = [new("Assay", Median(Own, of))];
        if (Others.Count > 0)
        {
            readings.Add(new Reading(peer, Median(Others, of)));
        }

        return readings;
    }

    private static double Median(IEnumerable<Evaluation> runs, Func<Evaluation, double> of) => EvalBench.Median([.. runs.Select(of)]);
}
