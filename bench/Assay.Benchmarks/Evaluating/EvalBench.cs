using System.Globalization;

namespace Assay.Benchmarks.Evaluating;

/// <summary>
/// <c>assay eval run</c> against a model that answers after 20 ms: how much of the ideal time it reaches, what it takes of processor and memory, and what
/// <c>kill -9</c> costs; beside promptfoo where it is installed.
/// </summary>
internal static class EvalBench
{
    private const int LargeConcurrency = 64;
    private const int StartUps = 20;
    private const int CachedRuns = 5;
    private const double LeastShareAt16 = 0.85;
    private const double LeastShareAt64 = 0.70;
    private const double MostCpuMs = 0.6;
    private const double MostMb = 120;
    private const double MostLargeMb = 200;
    private const double MostCachedSeconds = 0.4;
    private const double MostStartSeconds = 0.10;

    private static readonly (int Concurrency, double LeastShare)[] Asked = [(16, LeastShareAt16), (64, LeastShareAt64)];

    public static async Task<BenchResult> RunAsync(TextWriter output, bool isShort)
    {
        void Say(FormattableString text) => output.WriteLine($"eval: {text.ToString(CultureInfo.InvariantCulture)}");
        var work = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            return await RunAsync(isShort ? EvalScale.Short : EvalScale.Full, work, text => Say($"{text}"));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static async Task<BenchResult> RunAsync(EvalScale scale, string work, Action<string> say)
    {
        using var stub = await StubProcess.StartAsync();
        var peer = PromptfooPeer.Find(work);
        say(peer is null ? $"promptfoo is not there ({PromptfooPeer.Variable}): this run goes on without it" : $"promptfoo {peer.Version}");
        var assay = new AssayRuns(work, scale.Cases);
        var efficiency = new Efficiency(stub, assay, peer);
        List<EfficiencyRounds> rounds = [];
        foreach (var (concurrency, _) in Asked)
        {
            rounds.Add(await efficiency.MeasureAsync(concurrency, scale.Rounds, say));
        }

        var cached = await CachedAsync(stub, assay, say);
        var start = await StartUpAsync(work, say);
        var kills = await Killing.MeasureAsync(work, scale.Kills, say);
        var large = await LargeAsync(stub, new AssayRuns(work, scale.LargeCases), say);
        var figures = rounds.SelectMany(r => Shares(r, scale, peer)).Concat(Memory(rounds, large, scale, peer)).Concat(Times(cached, start, scale));
        return new BenchResult("eval", [.. figures, .. Figures(kills)], [.. Notes(scale, kills, rounds, peer)]);
    }

    /// <summary>Of a run whose every answer is in the response cache.</summary>
    private static async Task<double> CachedAsync(StubProcess stub, AssayRuns assay, Action<string> say)
    {
        await assay.RunAsync(stub.Address, LargeConcurrency, cached: true);
        await stub.ResetAsync(Efficiency.Latency);
        var times = new List<double>();
        for (var i = 0; i < CachedRuns; i++)
        {
            var run = await assay.RunAsync(stub.Address, LargeConcurrency, cached: true);
            times.Add(run.WallSeconds);
            say(string.Create(CultureInfo.InvariantCulture, $"all from the cache: {run.WallSeconds:0.00} s, {run.CpuSeconds:0.00} s CPU, {run.PeakMb:0} MB"));
        }

        var calls = (await stub.StatsAsync()).Calls;
        return calls == 0 ? Median(times) : throw AssayException.Infrastructure($"A cached run made {calls} calls.", "Run it by hand to see why.");
    }

    private static async Task<double> StartUpAsync(string work, Action<string> say)
    {
        var times = new List<double>();
        for (var i = 0; i < StartUps; i++)
        {
            times.Add((await CommandRun.MeasureAsync(AssayRuns.Start(work, "--version"))).WallSeconds);
        }

        say(string.Create(CultureInfo.InvariantCulture, $"assay --version: {Median(times):0.000} s"));
        return Median(times);
    }

    // Without latency: it would be the same memory in ten times the time.
    private static async Task<Evaluation> LargeAsync(StubProcess stub, AssayRuns assay, Action<string> say)
    {
        var run = await new Efficiency(stub, assay, peer: null).EvaluateAsync(
            LargeConcurrency,
            TimeSpan.Zero,
            () => assay.RunAsync(stub.Address, LargeConcurrency)
        );
        say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{assay.Cases:N0} cases without latency: {run.Cost.WallSeconds:0.0} s, {run.CpuMsPerCall:0.000} ms CPU a call, {run.Cost.PeakMb:0} MB; {run.Stats.Calls / run.Stats.SpanMs * 1e3:N0} calls/s"
            )
        );
        return run;
    }

    private static IEnumerable<Figure> Shares(EfficiencyRounds rounds, EvalScale scale, PromptfooPeer? peer)
    {
        var (who, least) = (Name(peer), Asked.Single(a => a.Concurrency == rounds.Concurrency).LeastShare);
        var span = rounds.Medians(who, r => r.ShareOfSpan);
        var what = $"share of the ideal time, {scale.Cases:N0} cases, {rounds.Concurrency} in flight";
        yield return new Figure($"{what}, from the first request to the last answer", "", span, Goal.AtLeast($"≥ {least:0.00}", span[0].Value, least, ""));
        yield return new Figure($"{what}, from the start of the process to its end", "", rounds.Medians(who, r => r.ShareOfWall));
        yield return new Figure("the same, wall time", "s", rounds.Medians(who, r => r.Cost.WallSeconds));
        var cpu = rounds.Medians(who, r => r.CpuMsPerCall);
        yield return new Figure(
            $"processor time for a call, whole process, {rounds.Concurrency} in flight",
            "ms",
            cpu,
            Goal.AtMost("≤ 0.6 ms", cpu[0].Value, MostCpuMs, "ms")
        );
    }

    private static IEnumerable<Figure> Memory(List<EfficiencyRounds> rounds, Evaluation large, EvalScale scale, PromptfooPeer? peer)
    {
        var usual = rounds[^1].Medians(Name(peer), r => r.Cost.PeakMb);
        yield return new Figure(
            $"memory, peak, {scale.Cases:N0} cases, {rounds[^1].Concurrency} in flight",
            "MB",
            usual,
            Goal.AtMost("≤ 120 MB", usual[0].Value, MostMb, "MB")
        );
        yield return Own(
            $"the same, {scale.LargeCases:N0} cases without latency",
            "MB",
            large.Cost.PeakMb,
            Goal.AtMost("≤ 200 MB", large.Cost.PeakMb, MostLargeMb, "MB")
        );
        yield return Own("calls a second in that run", "calls/s", large.Stats.Calls / (large.Stats.SpanMs / 1e3));
        yield return Own("processor time for a call in that run", "ms", large.CpuMsPerCall, Goal.AtMost("≤ 0.6 ms", large.CpuMsPerCall, MostCpuMs, "ms"));
    }

    private static IEnumerable<Figure> Times(double cached, double start, EvalScale scale) =>
        [
            Own($"{scale.Cases:N0} cases, all from the cache, wall time", "s", cached, Goal.AtMost("≤ 0.4 s", cached, MostCachedSeconds, "s")),
            Own($"`assay --version`, median of {StartUps}", "s", start, Goal.AtMost("≤ 0.10 s", start, MostStartSeconds, "s")),
        ];

    private static IEnumerable<Figure> Figures(KillCost kills)
    {
        yield return Own(
            $"calls paid twice after `kill -9`, most of {kills.Kills} kills at 16 in flight",
            "calls",
            kills.MostPaidTwice,
            Goal.AtMost("≤ 16", kills.MostPaidTwice, 16, "calls")
        );
        yield return Own("the same, mean", "calls", kills.MeanPaidTwice);
        yield return Own("resumed runs whose report differs outside `timings`", "runs", kills.OtherReports, Goal.AtMost("0", kills.OtherReports, 0, "runs"));
    }

    private static IEnumerable<string> Notes(EvalScale scale, KillCost kills, List<EfficiencyRounds> rounds, PromptfooPeer? peer)
    {
        var own = rounds.SelectMany(r => r.Own).ToList();
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The published command without its response cache, one answer and one judgement by a rubric a case, {scale.Rounds} {(scale.Rounds == 1 ? "run" : "runs in turns, medians")}; the model is another process on the same cores that answers {Efficiency.Latency.TotalMilliseconds:0} ms after a request ({own.Average(r => r.Stats.MeanLatencyMs):0.0} ms as it measured). Ideal: all calls at that latency, always as many at once as allowed. Whole process: start-up, reports and exit included."
        );
        yield return $"{kills.Kills} kills at seeded random moments of {kills.Rounds.Count} runs of {kills.CallsOfRun:N0} calls, from before the first to while reports are written; then `assay eval resume` until finished.";
        yield return peer is null
            ? $"promptfoo was not there; `{PromptfooPeer.Variable}=FOLDER bench/run.sh eval` names an installed one."
            : $"promptfoo {peer.Version}: the same questions and rubrics (`llm-rubric`), `--no-cache -j N`, telemetry and updates off; its own words around a rubric make its requests longer.";
    }

    private static string Name(PromptfooPeer? peer) => $"promptfoo {peer?.Version}";

    private static Figure Own(string what, string unit, double value, Goal? goal = null) => new(what, unit, [new Reading("Assay", value)], goal);
}
