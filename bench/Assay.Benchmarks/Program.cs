using Assay;

if (args is [StubProcess.Command])
{
    return await StubProcess.ServeAsync();
}

// A bench's name is what selects it and what marks its table on the page.
int? seconds = null;
var isShort = false;
(string Name, Func<TextWriter, Task<BenchResult>> Run)[] benches =
[
    ("sparse", o => Task.FromResult(SparseBench.Run(o))),
    ("telemetry", o => Task.FromResult(TelemetryBench.Run(o))),
    ("pipeline", PipelineBench.RunAsync),
    ("quality", QualityBench.RunAsync),
    ("gates", o => Task.FromResult(GatesBench.Run(o))),
    ("canary", o => Task.FromResult(CanaryBench.Run(o))),
    ("eval", o => EvalBench.RunAsync(o, isShort)),
    ("experiment", ExperimentBench.RunAsync),
    ("flags", FlagsBench.RunAsync),
    ("hub", o => HubBench.RunAsync(o, seconds)),
    ("intake", o => Task.FromResult(IntakeBench.Run(o))),
    ("ledger", LedgerBench.RunAsync),
    ("statistics", o => Task.FromResult(StatisticsBench.Run(o))),
    ("slo", o => Task.FromResult(SloBench.Run(o))),
    ("stores", StoresBench.RunAsync),
];
try
{
    var wanted = BenchArguments.Parse(args, [.. benches.Select(b => b.Name)]);
    (seconds, isShort) = (wanted.Seconds, wanted.IsShort);
    var machine = Machine.Read();
    var results = new List<BenchResult>();
    foreach (var bench in benches.Where(b => wanted.Names.Contains(b.Name)))
    {
        results.Add(await bench.Run(Console.Out));
    }

    var run = new BenchRun(wanted.Command, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd"), machine, results);
    wanted.Save(run);
    return (int)ExitCode.Pass;
}
catch (AssayException e)
{
    Console.Error.WriteLine($"{e.Message} {e.Fix}");
    return (int)e.ExitCode;
}
