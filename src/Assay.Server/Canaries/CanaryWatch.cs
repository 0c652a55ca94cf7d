using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Rollbacks;
using Assay.Server.Flags;
using Assay.Server.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Canaries;

/// <summary>
/// The controller: looks at every running canary when its time has come, and carries rollbacks on until they are done. Before anything else is read, flags of rollbacks that are
/// not recorded yet are held off.
/// </summary>
internal sealed partial class CanaryWatch(
    CanaryDesk desk,
    RollbackRunner rollbacks,
    FlagDesk flags,
    StartState start,
    TimeProvider time,
    ILogger<CanaryWatch> log
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // A look that failed, as when the store was busy, is not tried every second.
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);

    // When each canary is due, by the clock that only goes forward.
    private readonly Dictionary<ReleaseId, long> due = [];

    // What was said of traffic that cannot be moved.
    private IReadOnlyDictionary<ReleaseId, string> told = new Dictionary<ReleaseId, string>();

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var card in rollbacks.Cards.List().Where(c => c.IsInForce))
        {
            if (card.Split.Flag is { } flag)
            {
                flags.HoldOff(flag, $"rollback of {card.Release}");
            }

            GoesOn(log, card.Release.ToString(), card.Reason);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(RepeatAsync(SweepAsync, stoppingToken), RepeatAsync(LookAsync, stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        // Of this work alone: another that goes well says nothing about it.
        var faults = 0;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (start.IsStarted)
                {
                    await work(cancellationToken);
                    faults = 0;
                }
            }
            catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
            {
                // The store may be down for hours: the first is told, and then every hundredth.
                if (faults++ % 100 == 0)
                {
                    NotDone(log, e.Message);
                }
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await rollbacks.SweepAsync(cancellationToken);
        TellFaults(rollbacks.TrafficFaults.All);
    }

    private void TellFaults(IReadOnlyDictionary<ReleaseId, string> now)
    {
        foreach (var (release, fault) in now.Where(f => told.GetValueOrDefault(f.Key) != f.Value))
        {
            NotMoved(log, release.ToString(), fault);
        }

        foreach (var release in told.Keys.Where(r => !now.ContainsKey(r)))
        {
            MovedAgain(log, release.ToString());
        }

        told = now;
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var active = await desk.ActiveAsync(cancellationToken);
        foreach (var gone in due.Keys.Except(active.Select(a => a.Release)).ToList())
        {
            due.Remove(gone);
        }

        foreach (var state in active.Where(IsDue))
        {
            await LookAsync(state, cancellationToken);
        }
    }

    private async Task LookAsync(CanaryState state, CancellationToken cancellationToken)
    {
        var every = state.Plan().LookEvery;
        Put(state.Release, every);
        try
        {
            var status = await desk.LookAsync(state.Release.ToString(), cancellationToken);
            Looked(log, status.Release, status.Phase, status.Percent, status.Reason);
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            Put(state.Release, every < AfterFault ? every : AfterFault);
            NotLooked(log, state.Release.ToString(), e.Message);
        }
    }

    // A move that waits is tried at once; a canary that this process has not looked at is due by the wall clock.
    private bool IsDue(CanaryState state)
    {
        if (!due.TryGetValue(state.Release, out var at))
        {
            var since = time.GetUtcNow() - state.LookedAt;
            var every = state.Plan().LookEvery;
            Put(state.Release, since < TimeSpan.Zero || since >= every ? TimeSpan.Zero : every - since);
            return state.Move is not null || due[state.Release] <= time.GetTimestamp();
        }

        return at <= time.GetTimestamp();
    }

    private void Put(ReleaseId release, TimeSpan after) => due[release] = time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency);

    [LoggerMessage(1, LogLevel.Information, "Canary {Release}: {Phase} at {Percent} %. {Reason}")]
    private static partial void Looked(ILogger log, string release, CanaryPhase phase, decimal percent, string reason);

    [LoggerMessage(2, LogLevel.Error, "Canary {Release} could not be looked at, which is tried again: {Problem}")]
    private static partial void NotLooked(ILogger log, string release, string problem);

    [LoggerMessage(3, LogLevel.Error, "Canaries could not be read, which is tried again every second: {Problem}")]
    private static partial void NotDone(ILogger log, string problem);

    [LoggerMessage(5, LogLevel.Error, "Traffic of {Release} could not be moved, which is tried again: {Problem}")]
    private static partial void NotMoved(ILogger log, string release, string problem);

    [LoggerMessage(6, LogLevel.Information, "Traffic of {Release} can be moved again.")]
    private static partial void MovedAgain(ILogger log, string release);

    [LoggerMessage(4, LogLevel.Warning, "The rollback of {Release} goes on: {Reason}")]
    private static partial void GoesOn(ILogger log, string release, string reason);
}
