using Assay.Experimentation.Clients;
using Microsoft.Extensions.Hosting;

namespace Assay.Experimentation.Exposures;

/// <summary>
/// Sends what waits in batches, in the background. While the hub is down the batch and the buffer wait; when the service stops, what waits is sent
/// within a bound, and what the hub did not take by then is lost and counted.
/// </summary>
internal sealed class EventSending(EventBuffer buffer, EventDelivery delivery, BackOff backOff, LossReport losses, TimeProvider time)
    : IHostedService,
        IDisposable
{
    /// <summary>Events of a request: a few hundred kilobytes before compression.</summary>
    public const int MostInBatch = 1_000;

    /// <summary>How long the first event of a batch waits for others.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    /// <summary>How long the end of the service may take for what waits.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;
    private int isEnding;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isEnding, 1) != 0)
        {
            return;
        }

        buffer.Complete();
        await ending.CancelAsync();
        using var farewell = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(loop, Task.Delay(FarewellLimit, time, farewell.Token));
        await farewell.CancelAsync();
        await stopping.CancelAsync();
        await loop;
        losses.Tell("the service ended");
    }

    public void Dispose()
    {
        ending.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<WaitingEvent>(MostInBatch);
        while (await buffer.Reader.WaitToReadAsync(CancellationToken.None))
        {
            Fill(batch);
            if (batch.Count < MostInBatch)
            {
                await WaitAsync(Gathering);
                Fill(batch);
            }

            await DeliverAsync(batch);
            batch.Clear();
        }
    }

    private void Fill(List<WaitingEvent> batch)
    {
        while (batch.Count < MostInBatch && buffer.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
        }
    }

    private async Task DeliverAsync(List<WaitingEvent> batch)
    {
        while (!stopping.IsCancellationRequested)
        {
            var report = await TryAsync(batch);
            if (report.Delivery != Delivery.Later)
            {
                backOff.Succeeded();
                losses.Delivered(batch, report);
                return;
            }

            if (ending.IsCancellationRequested)
            {
                break;
            }

            losses.NotTaken(report.Problem);
            await WaitAsync(backOff.Next(report.RetryAfter));
        }

        losses.LostAtEnd(batch);
    }

    private async Task<DeliveryReport> TryAsync(List<WaitingEvent> batch)
    {
        try
        {
            return await delivery.SendAsync(batch, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return new DeliveryReport(Delivery.Later) { Problem = "the service ends" };
        }
    }

    // The end of the service cuts every wait short.
    private async Task WaitAsync(TimeSpan span) => await Task.Delay(span, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
