using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Assay.Server.Tests.Hosting;

/// <summary><c>assay serve</c> as a process of its own, which can be stopped and killed.</summary>
internal sealed class ServedProcess : IDisposable
{
    private readonly Process process;

    private ServedProcess(Process process, JsonElement ready)
    {
        this.process = process;
        Otlp = new HttpClient { BaseAddress = new Uri(ready.GetProperty("otlp_http").GetString()!) };
        Pages = new HttpClient { BaseAddress = new Uri(ready.GetProperty("pages").GetString()!) };
    }

    public HttpClient Otlp { get; }

    public HttpClient Pages { get; }

    /// <summary>A port for a hub that comes and goes; nobody else gets it while the hub is away.</summary>
    public static int StandingPort() => FreePort.Next();

    /// <summary>Starts it on free ports.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="more">Further options.</param>
    public static Task<ServedProcess> StartAsync(string folder, params string[] more) => StartAsync(folder, port: 0, more);

    /// <summary>Starts it with its pages on a port, such as the one that it had before.</summary>
    public static async Task<ServedProcess> StartAsync(string folder, int port, params string[] more)
    {
        var process = Launch(folder, port, more);
        using var limit = new CancellationTokenSource(Patience.Longest);
        var said = "";
        while (!said.Contains("\n}"))
        {
            said += await process.StandardOutput.ReadLineAsync(limit.Token) is { } line
                ? line + "\n"
                : throw new InvalidOperationException("The hub did not start: " + await process.StandardError.ReadToEndAsync(limit.Token));
        }

        return new ServedProcess(process, JsonDocument.Parse(said).RootElement);
    }

    /// <summary>Starts it and ends it as a power cut does, ready or not.</summary>
    public static async Task KillStartingAsync(string folder, TimeSpan after, params string[] more)
    {
        using var process = Launch(folder, port: 0, more);
        await Task.Delay(after, TestContext.Current.CancellationToken);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public Task KillAsync()
    {
        process.Kill();
        return ExitAsync();
    }

    /// <summary>Asks it to stop and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitCodeAsync();
    }

    /// <summary>Sends a signal, such as INT for Ctrl+C.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What it says next on standard error; null at its end.</summary>
    public async Task<string?> ReadErrorLineAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Longest);
        return await process.StandardError.ReadLineAsync(limit.Token);
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await ExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        Otlp.Dispose();
        Pages.Dispose();
    }

    private static Process Launch(string folder, int port, string[] more)
    {
        string[] arguments =
        [
            typeof(Assay.Cli.CommandLine).Assembly.Location,
            "serve",
            "--data",
            folder,
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--otlp-http-port",
            "0",
            "--otlp-grpc-port",
            "0",
            "--json",
            .. more,
        ];
        // Tests may themselves run in the background of a shell, which lets all that begin there ignore Ctrl+C.
        var (program, first) = OperatingSystem.IsLinux() ? ("env", (string[])["--default-signal=INT", "dotnet"]) : ("dotnet", []);
        return Process.Start(
            new ProcessStartInfo(program, [.. first, .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
    }

    private async Task ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Longest);
        await process.WaitForExitAsync(limit.Token);
    }
}
