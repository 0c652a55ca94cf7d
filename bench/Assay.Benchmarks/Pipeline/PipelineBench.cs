using System.Diagnostics;
using Assay.Observability;
using Assay.Observability.Tracing;
using Assay.Rag;
using Assay.Rag.Gpu;
using Assay.Rag.Judgements;
using Assay.Rag.Retrieving;
using Assay.Rag.Settings;
using Assay.Telemetry;

namespace Assay.Benchmarks.Pipeline;

/// <summary>The whole default pipeline: queries per second, what telemetry costs, memory at 100,000 chunks, start-up of the published command.</summary>
internal static class PipelineBench
{
    private const int LargeDocuments = 100_000;
    private const int Seed = 20_261;
    private const int Rounds = 25;

    /// <summary>Passes over the queries in one round; a round of a few milliseconds would measure the machine.</summary>
    private const int Passes = 8;
    private const int StartUps = 20;

    public static async Task<BenchResult> RunAsync(TextWriter output)
    {
        var figures = new List<Figure>();
        var notes = new List<string>();
        var work = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            figures.Add(await SearchingAsync(work));
            figures.AddRange(Large(work, notes));
            figures.AddRange(StartUp(notes));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        foreach (var figure in figures)
        {
            output.WriteLine($"{figure.What}: {string.Join(", ", figure.Readings.Select(r => $"{r.Who} {ResultPage.Number(r.Value)} {figure.Unit}"))}");
        }

        return new BenchResult("pipeline", figures, notes);
    }

    /// <summary>The sample handbook or, where it is there, the 11,429 abstracts: all queries in turn without a listener and with tracing to a file and metrics.</summary>
    private static async Task<Figure> SearchingAsync(string work)
    {
        var root = RepositoryRoot.Find();
        var vaswani = Path.Combine(root, "..", "shared", "data", "ir-vaswani");
        var (name, corpus, queries) = Directory.Exists(vaswani)
            ? ("Vaswani", Path.Combine(vaswani, "corpus.jsonl"), Path.Combine(vaswani, "queries.jsonl"))
            : ("handbook", Path.Combine(root, "samples", "handbook", "docs"), Path.Combine(root, "samples", "handbook", "queries.jsonl"));
        var folder = Path.Combine(work, "search");
        var asked = Query.ReadAll(queries);
        using var telemetry = new RagTelemetry(TelemetryRegistry.Default, TimeProvider.System);
        using var lease = new GpuLease();
        var settings = ResolvedSettings.Resolve(configuration: null, new Dictionary<string, string>(), []);
        var pipeline = new RagPipeline(settings, telemetry, new GpuTelemetry(new GpuProbe(), lease), _ => { }, Environment.ProcessorCount);
        await pipeline.RunAsync(new RagRequest([corpus], [], folder, Export: false), CancellationToken.None);
        using var index = RagIndex.Open(folder);
        var retriever = new Retriever(index, settings, telemetry);
        Round(retriever, asked);
        Round(retriever, asked);
        var off = new List<double>();
        var on = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            off.Add(Round(retriever, asked));
            using var setup = ObservabilitySetup.Start(
                new ObservabilityOptions { TraceFilePath = Path.Combine(work, "traces.jsonl"), LogFilePath = "" },
                TextWriter.Null,
                new ObservabilityHooks { TraceExporters = _ => [new SpanTally()] }
            );
            Round(retriever, asked);
            on.Add(Round(retriever, asked));
        }

        var ratio = Median([.. on.Zip(off, (a, b) => a / b)]) - 1;
        return new Figure(
            $"whole default pipeline, {name}, text to 10 passages, one thread",
            "queries/s",
            [new Reading("telemetry off", asked.Count / off.Min()), new Reading("telemetry on", asked.Count / on.Min())],
            Goal.AtMost("telemetry ≤ 3 % of wall time", ratio * 100, 3, "%")
        );
    }

    private static IEnumerable<Figure> Large(string work, List<string> notes)
    {
        if (Published(notes) is not { } assay)
        {
            yield break;
        }

        var corpus = Path.Combine(work, "large");
        Directory.CreateDirectory(corpus);
        GeneratedCorpus.Write(corpus, LargeDocuments, 10, Seed);
        var started = Stopwatch.GetTimestamp();
        var (code, peak) = Measure(assay, ["rag", "run", Path.Combine(corpus, "corpus.jsonl"), "--out", Path.Combine(work, "large-out")]);
        if (code != 0)
        {
            throw AssayException.Infrastructure($"The run over {LargeDocuments:N0} documents ended with exit code {code}.", "Run it by hand to see why.");
        }

        yield return new Figure(
            $"`assay rag run`, {LargeDocuments:N0} generated chunks, exports included",
            "GB peak memory",
            [new Reading("whole process", peak / 1e9)],
            Goal.AtMost("≤ 3 GB", peak / 1e9, 3, "GB")
        );
        yield return new Figure("the same, wall time", "s", [new Reading("whole process", Stopwatch.GetElapsedTime(started).TotalSeconds)]);
    }

    private static IEnumerable<Figure> StartUp(List<string> notes)
    {
        if (Published(notes) is not { } assay)
        {
            yield break;
        }

        var times = new List<double>();
        for (var i = 0; i < StartUps; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Measure(assay, ["--version"]);
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        yield return new Figure(
            "`assay --version`, ReadyToRun publish, median of 20",
            "s",
            [new Reading("whole process", Median(times))],
            Goal.AtMost("≤ 0.10 s", Median(times), 0.10, "s")
        );
    }

    private static string? Published(List<string> notes)
    {
        var path = Path.Combine(RepositoryRoot.Find(), "artifacts", "bin", "assay");
        if (File.Exists(path))
        {
            return path;
        }

        notes.Add("No published command in artifacts/bin: memory at 100,000 chunks and start-up were not measured. eng/publish.sh makes it.");
        return null;
    }

    /// <summary>Runs the command and watches its highest resident memory as the kernel counts it.</summary>
    private static (int ExitCode, long PeakBytes) Measure(string file, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(file, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        long peak = 0;
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        process.WaitForExit();
        return (process.ExitCode, peak);
    }

    /// <summary>VmHWM of /proc, which is a high-water mark: looking now and then misses nothing but the last moments.</summary>
    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static double Round(Retriever retriever, IReadOnlyList<Query> queries)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var query in queries)
            {
                retriever.Rank(query.Text, 10);
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds / Passes;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
