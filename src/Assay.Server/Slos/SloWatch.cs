using Assay.Observability.Slos;
using Assay.Server.Intake;
using Assay.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Slos;

/// <summary>
/// Keeps the SLOs up to date while the hub runs: counts what is stored as it is stored; saves every 10 s, when an alert changes and at the end.
/// </summary>
internal sealed partial class SloWatch(SloBook book, SloFeed feed, TimeProvider time, ILogger<SloWatch> log) : IHostedService, IEventObserver, IDisposable
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(10);

    // Batches that overtook each other have come by then; what is missing after it is read from the store.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim stored = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;
    private volatile bool alertChanged;
    private long savedAt = time.GetTimestamp();

    public void Observe(EventBatch newEvents) => Wake();

    public void Observe(AppendReport stored)
    {
        feed.Take(stored);
        Wake();
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await feed.RestoreAsync(cancellationToken);
        book.Monitor.AlertChanged += SaveSoon;
        loop = Task.Run(RunAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        book.Monitor.AlertChanged -= SaveSoon;
        await stopping.CancelAsync();
        await loop;
        await CountAsync(isLast: true, cancellationToken);
    }

    // The container knows it under several names and disposes each: twice must be as good as once.
    public void Dispose()
    {
        stopping.Dispose();
        stored.Dispose();
    }

    private void SaveSoon(object? sender, SloAlertEventArgs change)
    {
        alertChanged = true;
        Wake();
    }

    private void Wake()
    {
        try
        {
            stored.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is called already.
        }
        catch (ObjectDisposedException)
        {
            // The last batches of a hub that stops are counted at its next start.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await CountAsync(isLast: false, stopping.Token);
                await stored.WaitAsync(SaveEvery, stopping.Token);
                await Task.Delay(Gather, time, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    private async Task CountAsync(bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            await (isLast ? feed.CatchUpToEndAsync(cancellationToken) : feed.CatchUpAsync(cancellationToken));
            var isUrgent = isLast || alertChanged;
            if (isUrgent || time.GetElapsedTime(savedAt) >= SaveEvery)
            {
                var hasAlert = alertChanged;
                alertChanged = false;
                await feed.SaveAsync(hasAlert, cancellationToken);
                savedAt = time.GetTimestamp();
            }
        }
        catch (Exception e) when (e is AssayException or StoreBusyException or IOException)
        {
            LogNotCounted(log, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "SLOs could not be counted or saved, which is tried again: {Problem}")]
    private static partial void LogNotCounted(ILogger log, string problem);
}
