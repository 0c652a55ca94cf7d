using Assay.Experimentation.Clients;
using Assay.Experimentation.Exposures;
using Assay.Experimentation.Hosting;
using Assay.Flags;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Experimentation.Tests.Clients;

/// <summary>A service that uses flags and experiments, with a folder of its own.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly IHost host;

    private ServiceUnderTest(IHost host) => this.host = host;

    public IFlagReader Flags => host.Services.GetRequiredService<IFlagReader>();

    public IExperiments Experiments => host.Services.GetRequiredService<IExperiments>();

    public SnapshotStatus Status => host.Services.GetRequiredService<FlagState>().Status;

    public ClientTelemetry Telemetry => host.Services.GetRequiredService<ClientTelemetry>();

    public CurrentSnapshot Current => host.Services.GetRequiredService<CurrentSnapshot>();

    public static async Task<ServiceUnderTest> StartAsync(Action<ExperimentationOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddAssayExperimentation(options =>
        {
            options.SnapshotPath = null;
            options.PollInterval = TimeSpan.FromSeconds(1);
            configure(options);
        });
        var service = new ServiceUnderTest(builder.Build());
        await service.host.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>Snapshots that could not be read.</summary>
    public long Malformed => Telemetry.Counted(SnapshotOutcome.Malformed);

    public long Counted(EventKind kind, EventOutcome outcome) => Telemetry.Counted(kind, outcome);

    public async Task StopAsync() => await host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
