using Microsoft.Extensions.Hosting;

namespace Assay.Server.Intake;

/// <summary>
/// Makes the intake and the observers behind it when the hub starts and not at the first message, so that their counters are there from the
/// first scrape: a counter that appears with its first event hides it from <c>rate()</c>.
/// </summary>
internal sealed class IntakeStart(OtlpIntake intake) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive(intake);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
