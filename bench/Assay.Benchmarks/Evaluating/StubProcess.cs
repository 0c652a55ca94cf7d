using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Assay.Tests.Cli.Evaluating;

namespace Assay.Benchmarks.Evaluating;

/// <summary>A model that answers after a fixed time, as a process of its own: this program with the hidden sub-command <c>stub</c>.</summary>
internal sealed class StubProcess : IDisposable
{
    /// <summary>The sub-command.</summary>
    public const string Command = "stub";

    private readonly Process process;
    private readonly HttpClient client = new();

    private StubProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where chat completions are asked for.</summary>
    public Uri Address { get; }

    /// <summary>The process itself: says where it listens and serves until standard input ends.</summary>
    public static async Task<int> ServeAsync()
    {
        await using var stub = await StubModel.StartAsync(TimeSpan.Zero, CancellationToken.None);
        await Console.Out.WriteLineAsync(stub.Address.ToString());
        await Console.In.ReadToEndAsync();
        return (int)ExitCode.Pass;
    }

    public static async Task<StubProcess> StartAsync()
    {
        var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [.. Assembly(), Command])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = await process.StandardOutput.ReadLineAsync();
        return Uri.TryCreate(said, UriKind.Absolute, out var address)
            ? new StubProcess(process, address)
            : throw AssayException.Infrastructure($"The stub did not start: {said}", "Run the bench again.");
    }

    /// <summary>Forgets what was asked, and answers after so long from now on.</summary>
    public async Task ResetAsync(TimeSpan latency)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/reset?latency={latency.TotalMilliseconds}");
        using var done = await client.PostAsync(new Uri(Address, path), content: null);
        done.EnsureSuccessStatusCode();
    }

    public async Task<StubStats> StatsAsync() => JsonSerializer.Deserialize<StubStats>(await client.GetStringAsync(new Uri(Address, "/stats")))!;

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        client.Dispose();
    }

    // Started as `dotnet Assay.Benchmarks.dll` the process is dotnet, else this program.
    private static string[] Assembly() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(StubProcess).Assembly.Location] : [];
}
