using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Assay.Cli;
using Assay.Observability.Prometheus;
using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Finished(int ExitCode, string Out, string Error)
{
    public Finished ShouldPass() => ShouldEndWith(Assay.ExitCode.Pass);

    public Finished ShouldEndWith(ExitCode expected)
    {
        ExitCode.ShouldBe((int)expected, $"standard output:\n{Out}\nstandard error:\n{Error}");
        return this;
    }
}

/// <summary>A folder in which the real command line runs, as a process or as a function, and sees nothing of the environment of the tests.</summary>
internal sealed class CliPlace : IDisposable
{
    public CliPlace() => Directory.CreateDirectory(this["run"]);

    public static string Handbook { get; } = Repository.FullPath("samples/handbook");

    public string Path { get; } = Directory.CreateTempSubdirectory("assay-cli-").FullName;

    /// <summary>Environment variables of the command.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Folders that are searched for programs before all others.</summary>
    public string ProgramsFirst { get; set; } = "";

    private static string Dotnet => System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string Program => typeof(CommandLine).Assembly.Location;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Three documents of the handbook, English and Russian: enough to search in, quick to index.</summary>
    public string WriteSmallCorpus(string folder = "docs")
    {
        foreach (var name in (string[])["en/rollback.md", "en/canary.md", "ru/otkat-reliza.md"])
        {
            Write(System.IO.Path.Combine(folder, name), File.ReadAllText(System.IO.Path.Combine(Handbook, "docs", name)));
        }

        return this[folder];
    }

    /// <summary>Two queries that the handbook answers, and one whose words no document has.</summary>
    public string WriteQueries(string name = "queries.jsonl") =>
        Write(
            name,
            """
            {"id": "roll", "text": "How do I roll back a release?"}
            {"id": "otkat", "text": "как откатить релиз"}
            {"id": "none", "text": "qqzzkkvv xxwwqqjj"}
            """
        );

    /// <summary>Runs the program as a process of its own.</summary>
    public async Task<Finished> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts the program; the caller ends it.</summary>
    public Process Start(params string[] arguments) => Process.Start(StartInfo(Dotnet, [Program, .. arguments]))!;

    /// <summary>
    /// Calls the program as a function with outputs of its own; for what needs no second process. Every collector of this process hears a command
    /// that does its work: such tests run alone.
    /// </summary>
    public async Task<Finished> CallAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new CommandSurroundings(output, error, Variables, TimeProvider.System, IsTerminal: false);
        var exitCode = await CommandLine.RunAsync(arguments, surroundings);
        return new Finished(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The summary of the run that wrote into <paramref name="output"/>.</summary>
    public JsonElement Summary(string output = "out") => Json(File.ReadAllText(System.IO.Path.Combine(this[output], "processing_summary.json")));

    /// <summary>Names and attributes of the exported spans.</summary>
    public ILookup<string, JsonElement> Spans(string output = "out") =>
        File.ReadAllLines(System.IO.Path.Combine(this[output], "traces", "traces.jsonl"))
            .Select(Json)
            .ToLookup(s => s.GetProperty("name").GetString()!, s => s.GetProperty("attributes"));

    public PrometheusPage Metrics(string name = "metrics.prom") => PrometheusText.Parse(File.ReadAllText(this[name]));

    /// <summary>Files that a writer was in the middle of.</summary>
    public IReadOnlyList<string> HalfWritten() => [.. Directory.EnumerateFileSystemEntries(Path, "*.partial", SearchOption.AllDirectories)];

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static async Task<Finished> EndAsync(Process process)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience.Longest);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(bound.Token);
            var error = await process.StandardError.ReadToEndAsync(bound.Token);
            await process.WaitForExitAsync(bound.Token);
            return new Finished(process.ExitCode, await output, error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = ProgramsFirst.Length > 0 ? ProgramsFirst + System.IO.Path.PathSeparator + path : path;
        start.Environment["HOME"] = Path;
        start.Environment["TMPDIR"] = this["run"];
        start.Environment["XDG_RUNTIME_DIR"] = this["run"];
        // No debugger attaches; its socket would only be one more file.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
