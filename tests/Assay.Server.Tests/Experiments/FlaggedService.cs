using Assay.Experimentation.Clients;
using Assay.Experimentation.Exposures;
using Assay.Experimentation.Hosting;
using Assay.Flags;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Tests.Experiments;

/// <summary>A service in this process that has its flags and experiments from a hub.</summary>
internal sealed class FlaggedService : IAsyncDisposable
{
    private readonly IHost host;

    private FlaggedService(IHost host) => this.host = host;

    public IFlagReader Flags => host.Services.GetRequiredService<IFlagReader>();

    public IExperiments Experiments => host.Services.GetRequiredService<IExperiments>();

    public SnapshotStatus Status => host.Services.GetRequiredService<FlagState>().Status;

    public ClientTelemetry Telemetry => host.Services.GetRequiredService<ClientTelemetry>();

    public static async Task<FlaggedService> StartAsync(Uri hub, Action<ExperimentationOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddAssayExperimentation(options =>
        {
            (options.Hub, options.SnapshotPath, options.PollInterval) = (hub, null, TimeSpan.FromSeconds(1));
            configure?.Invoke(options);
        });
        var service = new FlaggedService(builder.Build());
        await service.host.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>Stops it as its host would: what waits is sent.</summary>
    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
