using Assay.Server.Flags.Streams;
using Assay.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Flags;

/// <summary>
/// Reads flags and experiments at start, which a wrong file ends, and again within seconds of a change, which a wrong file does not; hears of overrides that another
/// process wrote; and keeps streams alive.
/// </summary>
internal sealed partial class FlagWatch(FlagDesk desk, SnapshotFeed feed, IDocumentStore documents, TimeProvider time, ILogger<FlagWatch> log)
    : BackgroundService
{
    // File notifications are lost on network and container mounts; comparing times of a few files costs microseconds.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    // Proxies close a connection that says nothing for a minute, many at half of that.
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await desk.LoadAsync(cancellationToken);
        Tell(desk.State);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(WatchFilesAsync(stoppingToken), WatchOverridesAsync(stoppingToken), BeatAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    private async Task WatchFilesAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await RefreshFilesAsync(cancellationToken);
        }
    }

    // The hub ends when one of its background services throws; neither a file nor an override is a reason to.
    private async Task RefreshFilesAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await desk.RefreshFilesAsync(cancellationToken))
            {
                Tell(desk.State);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            FilesNotRead(log, e);
        }
    }

    private async Task WatchOverridesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await FollowOverridesAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                NotRead(log, e.Message);
            }

            await Task.Delay(Every, time, cancellationToken);
        }
    }

    private async Task FollowOverridesAsync(CancellationToken cancellationToken)
    {
        var changes = documents.WatchAsync(FlagDocuments.Overrides, cancellationToken);
        // What was written between the first reading and the watch.
        await RefreshOverridesAsync(cancellationToken);
        await foreach (var change in changes)
        {
            if (change.Missed || desk.State.OverrideOf(change.Key)?.Version != change.Version)
            {
                await RefreshOverridesAsync(cancellationToken);
            }
        }
    }

    private async Task RefreshOverridesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await desk.RefreshOverridesAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            NotRead(log, e.Message);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            feed.Beat();
        }
    }

    private void Tell(FlagState state)
    {
        if (state.Fault is { } fault)
        {
            NotInForce(log, fault.Problem, fault.Fix, state.Since);
        }
        else
        {
            InForce(log, state.Files.Count, state.Experiments.Count, state.Snapshot.Version);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Flags} flags and {Experiments} experiments are in force, version {Version}")]
    private static partial void InForce(ILogger log, int flags, int experiments, string version);

    [LoggerMessage(2, LogLevel.Error, "{Problem} {Fix} The flags of {Since:O} stay in force")]
    private static partial void NotInForce(ILogger log, string problem, string fix, DateTimeOffset since);

    [LoggerMessage(3, LogLevel.Error, "Overrides of flags could not be read, which is tried again at the next change: {Problem}")]
    private static partial void NotRead(ILogger log, string problem);

    [LoggerMessage(4, LogLevel.Error, "Files of flags and experiments could not be looked at, which is tried again")]
    private static partial void FilesNotRead(ILogger log, Exception exception);
}
