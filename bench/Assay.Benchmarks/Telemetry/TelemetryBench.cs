namespace Assay.Benchmarks.Telemetry;

/// <summary>What observing costs beside the named peers: spans, log lines, the metrics page.</summary>
internal static class TelemetryBench
{
    public static BenchResult Run(TextWriter output)
    {
        List<string> notes = [];
        List<Figure> figures = [.. TracingBench.Run(output), .. LoggingBench.Run(output), .. PrometheusBench.Run(output, notes)];
        return new BenchResult("telemetry", figures, notes);
    }
}
