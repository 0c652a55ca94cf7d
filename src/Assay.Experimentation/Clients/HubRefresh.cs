using Microsoft.Extensions.Hosting;

namespace Assay.Experimentation.Clients;

/// <summary>
/// Keeps the snapshot in force the hub's: follows the stream of changes, asks for the snapshot at each, and where there is no stream asks now and then.
/// A hub that goes away changes nothing but the age of what is in force.
/// </summary>
internal sealed class HubRefresh(HubSnapshots hub, SnapshotKeeper keeper, BackOff backOff, TimeProvider time) : BackgroundService
{
    private string? etag;

    // Whether what the hub has now is in force here; not so after a snapshot that could not be read.
    private bool isTaken;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its services one after the other: none waits for the hub.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
                await Task.Delay(backOff.Next(), time, stoppingToken);
            }
            catch (HubFault fault)
            {
                keeper.HubLost(fault);
                await Task.Delay(backOff.Next(fault.RetryAfter), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // A host ends when one of its background services throws; flags that cannot be refreshed are no reason to.
            catch (Exception e)
            {
                keeper.HubLost(new HubFault(e.Message, e));
                await Task.Delay(backOff.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One life of the stream. The snapshot is asked for after the stream is open, so that no change falls between the two.</summary>
    private async Task FollowAsync(CancellationToken stop)
    {
        await using var stream = await OpenAsync(stop);
        await RefreshAsync(stop);
        while (await stream.ReadAsync(stop) is { } sign)
        {
            // Only a stream that brings something has proved itself: one that ends at once must not be opened again at once.
            backOff.Succeeded();
            if (sign == StreamSign.NewSnapshot)
            {
                await RefreshAsync(stop);
            }
            else if (isTaken)
            {
                keeper.Confirm();
            }
        }

        keeper.StreamEnded();
    }

    /// <summary>Opens the stream; without one the snapshot is asked for all the same, which is the poll.</summary>
    private async Task<ChangeStream> OpenAsync(CancellationToken stop)
    {
        try
        {
            return await hub.FollowAsync(stop);
        }
        catch (HubFault fault) when (fault.Status is not null)
        {
            await AskAsync(stop);
            throw;
        }
    }

    /// <summary>A hub whose snapshot cannot be read is not followed: it was reached, but what it decides is not in force here.</summary>
    private async Task RefreshAsync(CancellationToken stop)
    {
        await AskAsync(stop);
        if (isTaken)
        {
            keeper.HubFound();
        }
        else
        {
            keeper.NotTaken();
        }
    }

    private async Task AskAsync(CancellationToken stop)
    {
        if (await hub.GetAsync(etag, stop) is not { } sent)
        {
            // It is asked by the name of what was taken alone.
            isTaken = true;
            keeper.Unchanged();
            return;
        }

        isTaken = keeper.Take(sent.Json);
        // What does not parse is not remembered by its name, so that it is read again when the hub has mended it.
        etag = isTaken ? sent.ETag : null;
    }
}
