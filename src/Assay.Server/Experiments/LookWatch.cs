using Microsoft.Extensions.Hosting;

namespace Assay.Server.Experiments;

/// <summary>Makes scheduled looks while the hub runs. The first time is a minute after its start, when services have sent what waited for it.</summary>
internal sealed class LookWatch(ScheduledLooks looks, TimeProvider time) : BackgroundService
{
    /// <summary>How often it is asked whether a look is due; the shortest interval is ten times as long.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await looks.MakeDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }
}
