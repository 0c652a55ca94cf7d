using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Assay.Cli;
using Assay.Embedded;
using Assay.Embedded.Folders;
using Assay.Stores;

namespace Assay.Server.Tests.Cli;

/// <summary>What a command left behind.</summary>
internal sealed record Finished(int ExitCode, string Out, string Error)
{
    public Finished ShouldEndWith(ExitCode expected)
    {
        ExitCode.ShouldBe((int)expected, $"standard output:\n{Out}\nstandard error:\n{Error}");
        return this;
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }
}

/// <summary>A place with data folders, in which commands run.</summary>
internal sealed class DataPlace : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("assay-data-").FullName;

    public string Data => this["data"];

    public string Database => System.IO.Path.Combine(Data, "assay.db");

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Calls the program as a function with outputs of its own.</summary>
    public static async Task<Finished> CallAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false);
        return new Finished(await CommandLine.RunAsync(arguments, surroundings), output.ToString(), error.ToString());
    }

    /// <summary>Stores documents in the data folder.</summary>
    public async Task FillAsync(int documents)
    {
        await using var store = await EmbeddedStore.OpenAsync(Data, TimeProvider.System, Ended);
        for (var i = 0; i < documents; i++)
        {
            await store.Documents.PutAsync(
                new DocumentWrite(
                    "things",
                    $"{i}",
                    new byte[2000]
                        .Select(_ => (byte)'1')
                        .ToArray()
                ),
                Ended
            );
        }
    }

    public static async Task<int> CountAsync(string folder)
    {
        await using var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, Ended);
        return (await store.Documents.ListAsync(new DocumentQuery("things") { Limit = 10_000 }, Ended)).Count;
    }

    /// <summary>Starts a hub on the data folder as a process of its own; it has told its address when the task completes.</summary>
    public async Task<Process> ServeAsync()
    {
        var dotnet = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        string[] arguments = ["serve", "--data", Data, "--catalog", this["catalog"], "--port", "0", "--otlp-http-port", "0", "--otlp-grpc-port", "0"];
        var start = new ProcessStartInfo(dotnet, [typeof(CommandLine).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path,
        };
        var hub = Process.Start(start)!;
        // Its outputs are not read: they are shorter than a pipe holds.
        await UntilAsync(() => hub.HasExited || DataFolder.FindHolder(Data)?.Address is not null, "the hub told no address");
        hub.HasExited.ShouldBeFalse();
        return hub;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static async Task UntilAsync(Func<bool> holds, string otherwise)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        bound.CancelAfter(Patience.Longest);
        while (!holds())
        {
            bound.IsCancellationRequested.ShouldBeFalse(otherwise);
            await Task.Delay(20, Ended);
        }
    }
}
