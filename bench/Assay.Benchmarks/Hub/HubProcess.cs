using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Assay.Benchmarks.Hub;

/// <summary>The hub as a process of its own, with a data folder of the bench.</summary>
internal sealed class HubProcess : IDisposable
{
    private const int MostSecondsToReady = 60;

    // Linux counts the time of processors in hundredths of a second.
    private const double TicksPerSecond = 100;

    private readonly Process process;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };

    private HubProcess(Process process, Uri pages, Uri traces)
    {
        this.process = process;
        Pages = pages;
        Traces = traces;
    }

    /// <summary>Where pages and API are.</summary>
    public Uri Pages { get; }

    /// <summary>Where spans are sent.</summary>
    public Uri Traces { get; }

    /// <summary>From the start of the process until it said that it is ready, in seconds.</summary>
    public double SecondsToReady { get; private set; }

    /// <summary>The most memory that it ever had, as the kernel counts it.</summary>
    public double PeakMb => StatusBytes("VmHWM:") / 1e6;

    /// <summary>Time of processors that it used so far, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            // Fields 14 and 15 of proc(5); the second one is a name in brackets that may hold blanks.
            var fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond;
        }
    }

    /// <summary>Starts the published command with the repository's catalog and waits until it is ready.</summary>
    public static Task<HubProcess> StartAsync(string dataFolder)
    {
        var root = RepositoryRoot.Find();
        var assay = Path.Combine(root, "artifacts", "bin", "assay");
        return File.Exists(assay)
            ? StartAsync(assay, [], dataFolder, Path.Combine(root, "catalog"))
            : throw AssayException.Usage("No published command in artifacts/bin.", "Run eng/publish.sh, or bench/run.sh hub, which does.");
    }

    /// <summary>Starts the command that was built with the benches, on a catalog of their own.</summary>
    public static Task<HubProcess> StartBuiltAsync(string dataFolder, string catalogFolder) =>
        StartAsync("dotnet", [typeof(Assay.Cli.CommandLine).Assembly.Location], dataFolder, catalogFolder);

    private static async Task<HubProcess> StartAsync(string program, string[] first, string dataFolder, string catalogFolder)
    {
        var (pages, http, grpc) = FreePorts();
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(
            new ProcessStartInfo(
                program,
                [
                    .. first,
                    "serve",
                    .. (string[])["--data", dataFolder, "--catalog", catalogFolder, "--port", $"{pages}"],
                    .. (string[])["--otlp-http-port", $"{http}", "--otlp-grpc-port", $"{grpc}", "--json"],
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEndAsync();
        var hub = new HubProcess(process, new Uri($"http://127.0.0.1:{pages}"), new Uri($"http://127.0.0.1:{http}/v1/traces"));
        while (!await hub.IsReadyAsync())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started).TotalSeconds > MostSecondsToReady)
            {
                hub.Dispose();
                throw AssayException.Infrastructure($"The hub did not become ready: {(await said).Trim()}", "Run assay serve by hand to see why.");
            }

            await Task.Delay(2);
        }

        hub.SecondsToReady = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return hub;
    }

    /// <summary>Reads a page or a document whole.</summary>
    public Task<string> GetAsync(string path) => client.GetStringAsync(new Uri(Pages, path));

    /// <summary>Reads a document that may not be there.</summary>
    public async Task<string?> TryGetAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(Pages, path));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
    }

    /// <summary>Asks it to stop, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
        client.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Pages, "/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private long StatusBytes(string field) =>
        long.Parse(
            File.ReadLines($"/proc/{process.Id}/status")
                .First(l => l.StartsWith(field, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]
        ) * 1024;

    private static (int Pages, int Http, int Grpc) FreePorts()
    {
        TcpListener[] held = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        Array.ForEach(held, l => l.Start());
        var ports = Array.ConvertAll(held, l => ((IPEndPoint)l.LocalEndpoint).Port);
        Array.ForEach(held, l => l.Dispose());
        return (ports[0], ports[1], ports[2]);
    }
}
