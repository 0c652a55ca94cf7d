using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Clients;

/// <summary>Keeps the snapshot in force that of a catalog folder's files, read again now and then. A file that is edited badly changes nothing.</summary>
internal sealed class CatalogRefresh(
    CatalogSnapshot catalog,
    CurrentSnapshot current,
    ClientTelemetry telemetry,
    TimeSpan interval,
    TimeProvider time,
    ILogger log
) : BackgroundService
{
    private string? told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(interval, time);
        while (await NextAsync(tick, stoppingToken))
        {
            Refresh();
        }
    }

    /// <summary>Reads the files and puts them in force where they changed.</summary>
    internal void Refresh()
    {
        try
        {
            var read = catalog.Read();
            if (read.Version == current.Value.Version)
            {
                telemetry.Count(SnapshotOutcome.Unchanged);
                current.Confirm(SnapshotOrigin.Catalog);
            }
            else
            {
                current.Replace(read, SnapshotOrigin.Catalog);
                telemetry.Count(SnapshotOutcome.Applied);
                log.Applied(read.Version, SnapshotOrigin.Catalog);
            }

            telemetry.Confirmed(time.GetUtcNow());
            told = null;
        }
        // A host ends when one of its background services throws; a file that nobody foresaw is no reason to.
        catch (Exception e)
        {
            telemetry.Count(SnapshotOutcome.Malformed);
            // The same fault is told once, however often the file is read.
            if (told != e.Message)
            {
                told = e.Message;
                log.Malformed(SnapshotOrigin.Catalog, e.Message);
            }
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer tick, CancellationToken stop)
    {
        try
        {
            return await tick.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
