using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Cli.Canarying;
using Assay.Cli.Flagging;
using Assay.Cli.Hubs;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>A folder, a hub and a sample service of their own, on free ports of this machine; nothing of it is left when it is taken down.</summary>
internal sealed partial class Stage : IAsyncDisposable
{
    // Steadier memory, which a limit can be set for: a service with few users keeps no heap for each processor, and does not let garbage grow with the size of its cache.
    private static readonly Dictionary<string, string> SmallHeap = new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_GCgen0MaxBudget"] = "800000",
    };

    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly bool keeps;
    private StageProcess? hub;
    private StageProcess? program;
    private CanaryHub? canaries;
    private FlagSource? flags;
    private SampleClient? service;

    private Stage(string folder, bool keeps) => (Folder, this.keeps) = (folder, keeps);

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>The data folder of its hub.</summary>
    public string Data => Path.Combine(Folder, "hub");

    /// <summary>The canaries of its hub.</summary>
    public CanaryHub Canaries => canaries!;

    /// <summary>The flags of its hub.</summary>
    public FlagSource Flags => flags!;

    /// <summary>Its sample service.</summary>
    public SampleClient Service => service!;

    private string Catalog => Path.Combine(Folder, "catalog");

    /// <summary>Sets it up; the hub and the service answer when the task completes.</summary>
    /// <param name="servicePath">The program of the sample service.</param>
    /// <param name="keeps">Whether its folder stays.</param>
    /// <param name="surroundings">The clock.</param>
    /// <param name="cancellationToken">Ends it, and takes down what stands.</param>
    /// <exception cref="AssayException">One of them does not start (exit code 4).</exception>
    public static async Task<Stage> OpenAsync(string servicePath, bool keeps, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        var stage = new Stage(Directory.CreateTempSubdirectory("assay-rehearsal-").FullName, keeps);
        try
        {
            await stage.StartAsync(servicePath, surroundings, cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the release file; the hub reads it when the canary begins.</summary>
    public async Task WriteReleaseAsync(CancellationToken cancellationToken) =>
        Write("releases", RehearsalStage.ReleaseFile(Service.Address, await Service.MemoryAsync(cancellationToken)));

    /// <summary>That both programs still run.</summary>
    /// <exception cref="AssayException">One has ended (exit code 4).</exception>
    public void DemandRunning()
    {
        hub!.DemandRunning();
        program!.DemandRunning();
    }

    public async ValueTask DisposeAsync()
    {
        service?.Dispose();
        canaries?.Dispose();
        if (flags is not null)
        {
            await flags.DisposeAsync();
        }

        if (program is not null)
        {
            await program.DisposeAsync();
        }

        if (hub is not null)
        {
            await hub.DisposeAsync();
        }

        if (!keeps)
        {
            Remove();
        }
    }

    private async Task StartAsync(string servicePath, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        Write("flags", RehearsalStage.FlagFile);
        var time = surroundings.Time;
        hub = await StageProcess.StartAsync("hub", ProgramStart.OfAssay(), HubArguments(), Folder, NoVariables, IsReady, time, cancellationToken);
        using var said = JsonDocument.Parse(hub.Said);
        var (pages, otlp) = (said.RootElement.GetProperty("pages").GetString()!, said.RootElement.GetProperty("otlp_http").GetString()!);
        // By its folder, whose token is the only one that it knows.
        var (choice, own) = (new HubChoice(Address: null, Data), surroundings with { Environment = NoVariables });
        canaries = CanaryHub.Open(choice, own);
        flags = await FlagSource.OpenAsync(choice, Catalog, own, cancellationToken);
        program = await StageProcess.StartAsync(
            "sample service",
            ProgramStart.Of(servicePath),
            ["--urls", "http://127.0.0.1:0", "--Faults:Enabled", "true", "--RagService:CachedAnswers", "0"],
            Path.Combine(Folder, "service"),
            new Dictionary<string, string>(SmallHeap, StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp,
                ["ASSAY__EXPERIMENTATION__HUB"] = pages,
            },
            text => Listening().IsMatch(text),
            time,
            cancellationToken
        );
        service = new SampleClient(new Uri(Listening().Match(program.Said).Groups["address"].Value), time);
    }

    private string[] HubArguments() =>
        ["serve", "--data", Data, "--catalog", Catalog, "--port", "0", "--otlp-http-port", "0", "--otlp-grpc-port", "0", "--json"];

    // The document is whole when its last bracket has come.
    private static bool IsReady(string said) => said.EndsWith("\n}\n", StringComparison.Ordinal);

    private void Write(string folder, string text)
    {
        var path = Path.Combine(Catalog, folder, RehearsalStage.Flag + ".yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void Remove()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left lies in the system's folder for such things.
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listening();
}
