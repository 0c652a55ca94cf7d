using Assay.Releases.Canaries.Probes;
using Assay.Releases.Canaries.Readings;
using Assay.Releases.Canaries.Splits;
using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>What of a canary is on this machine beside its store: files, commands, and a client for a Prometheus server.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="time">The clock.</param>
internal sealed class CanaryPlace(string dataFolder, TimeProvider time) : IDisposable
{
    /// <summary>The folder of a data folder in which shares of splits are remembered that cannot be asked.</summary>
    public const string Splits = "splits";

    // Ten metrics of two arms with three queries each must not hold a look for longer than some minutes, whatever the server does.
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new() { Timeout = QueryLimit };
    private readonly HttpClient probing = ProbeAsker.NewClient();

    /// <summary>The controller of this machine and folder: the same after it starts again.</summary>
    public string Holder { get; } = $"{Environment.MachineName}:{Path.GetFullPath(dataFolder)}";

    /// <summary>The intents of this folder.</summary>
    public Rollbacks.RollbackCards NewCards() => new(dataFolder);

    /// <summary>Traffic of upstreams or a command.</summary>
    /// <exception cref="AssayException">It is a flag's, which only the flags can move (exit code 4).</exception>
    public ITrafficSplit SplitOf(ReleaseId release, SplitEntry split) =>
        split.Upstreams is { } upstreams ? new UpstreamsSplit(upstreams, time)
        : split.Command is { } command ? new CommandSplit(command, new SplitMark(Path.Combine(dataFolder, Splits, release + ".percent")), time)
        : throw AssayException.Infrastructure(
            $"The traffic of {release} is a flag's, and no flags are in force here.",
            "Start the hub; it reads the intent first of all."
        );

    /// <summary>Queries of a Prometheus server.</summary>
    public PrometheusQueries QueriesOf(string server) => new(http, new Uri(server.TrimEnd('/') + "/"));

    /// <summary>Asks probes.</summary>
    public ProbeAsker NewProbes() => new(probing, time);

    public void Dispose()
    {
        http.Dispose();
        probing.Dispose();
    }
}
