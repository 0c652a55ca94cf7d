using System.Diagnostics;
using Assay.Observability.Prometheus;

namespace Assay.Tests.Cli;

/// <summary>A command that runs as a process and serves its metrics; it is stopped at the end.</summary>
internal sealed class ServedCommand : IDisposable
{
    private const string Announcement = "metrics: http://";

    private readonly Process process;
    private readonly Task unread;
    private readonly HttpClient client = new() { Timeout = Patience.Longest };

    private ServedCommand(Process process, Task unread, Uri address)
    {
        this.unread = unread;
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public bool HasEnded => process.HasExited;

    /// <summary>Starts a command with <c>--metrics-port 0</c> and reads from its standard error where it serves.</summary>
    public static async Task<ServedCommand> StartAsync(CliPlace place, params string[] arguments)
    {
        var process = place.Start([.. arguments, "--metrics-port", "0", "--metrics-linger", "3600"]);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                // Nobody reads further lines but they must go somewhere: a full pipe would stop the command.
                var unread = Task.WhenAll(
                    process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None),
                    process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None)
                );
                return new ServedCommand(process, unread, new Uri(line["metrics: ".Length..]));
            }
        }

        throw new InvalidOperationException("The command ended before it served metrics.");
    }

    /// <summary>Scrapes as Prometheus does.</summary>
    public async Task<string> ScrapeAsync() => await client.GetStringAsync(Address, TestContext.Current.CancellationToken);

    public async Task<PrometheusPage> PageAsync() => PrometheusText.Parse(await ScrapeAsync());

    public void Dispose()
    {
        client.Dispose();
        process.Kill();
        process.WaitForExit();
        unread.Wait(Patience.Longest);
        process.Dispose();
    }
}
