using Microsoft.Extensions.Hosting;

namespace Assay.Observability.Hosting;

/// <summary>Starts telemetry with the host, and writes out what waits when the host stops.</summary>
internal sealed class ObservedLifetime(ObservabilitySetup setup) : IHostedService
{
    // A receiver that does not answer must not hold up a service that is told to stop.
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => setup.Flush(FlushLimit), CancellationToken.None);
}
