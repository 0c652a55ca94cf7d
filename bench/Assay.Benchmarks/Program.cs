using Assay;

// A bench's name is what selects it and what marks its table on the page.
(string Name, Func<TextWriter, BenchResult> Run)[] benches =
[
    ("sparse", SparseBench.Run),
    ("telemetry", TelemetryBench.Run),
    ("pipeline", PipelineBench.Run),
    ("quality", o => QualityBench.RunAsync(o).GetAwaiter().GetResult()),
];
try
{
    var wanted = BenchArguments.Parse(args, [.. benches.Select(b => b.Name)]);
    var machine = Machine.Read();
    var results = benches.Where(b => wanted.Names.Contains(b.Name)).Select(b => b.Run(Console.Out)).ToList();
    var run = new BenchRun(wanted.Command, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd"), machine, results);
    wanted.Save(run);
    return (int)ExitCode.Pass;
}
catch (AssayException e)
{
    Console.Error.WriteLine($"{e.Message} {e.Fix}");
    return (int)e.ExitCode;
}
