using Assay.Experimentation.Clients;
using Assay.Experimentation.Exposures;
using Assay.Experimentation.Hosting;
using Assay.Flags;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Experimentation.Tests.Clients;

/// <summary>A service in this process that uses flags and experiments. It keeps no snapshot unless it is told where.</summary>
internal sealed class FlaggedService : IAsyncDisposable
{
    private readonly IHost host;

    private FlaggedService(IHost host) => this.host = host;

    public IFlagReader Flags => host.Services.GetRequiredService<IFlagReader>();

    public IExperiments Experiments => host.Services.GetRequiredService<IExperiments>();

    public SnapshotStatus Status => host.Services.GetRequiredService<FlagState>().Status;

    public ClientTelemetry Telemetry => host.Services.GetRequiredService<ClientTelemetry>();

    public CurrentSnapshot Current => host.Services.GetRequiredService<CurrentSnapshot>();

    /// <summary>Starts one that has them from a hub.</summary>
    public static Task<FlaggedService> StartAsync(Uri hub, Action<ExperimentationOptions>? configure = null) =>
        StartAsync(options =>
        {
            options.Hub = hub;
            configure?.Invoke(options);
        });

    public static async Task<FlaggedService> StartAsync(Action<ExperimentationOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddAssayExperimentation(options =>
        {
            options.SnapshotPath = null;
            options.PollInterval = TimeSpan.FromSeconds(1);
            configure(options);
        });
        var service = new FlaggedService(builder.Build());
        await service.host.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>Snapshots that could not be read.</summary>
    public long Malformed => Telemetry.Counted(SnapshotOutcome.Malformed);

    public long Counted(EventKind kind, EventOutcome outcome) => Telemetry.Counted(kind, outcome);

    /// <summary>Stops it as its host would: what waits is sent.</summary>
    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
