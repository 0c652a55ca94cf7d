using Assay.Server.Intake;
using Assay.Stores;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Surface.Reading;

/// <summary>Since when there are events: the pages' default range goes by it. Read once at the start, then kept by what arrives.</summary>
internal sealed class DataAge(IEventStore events, TimeProvider time) : IEventObserver, IHostedService
{
    // From here on an older event changes nothing: the default is the longest that it can be.
    private static readonly TimeSpan Settled = TimeSpan.FromDays(1);

    private long oldestTicks = long.MaxValue;

    /// <summary>The begin of the oldest event; null when there is none.</summary>
    public DateTimeOffset? Oldest => Volatile.Read(ref oldestTicks) is var ticks && ticks < long.MaxValue ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await events.MeasureAsync(cancellationToken)).Oldest is { } oldest)
        {
            Lower(oldest.UtcTicks);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Observe(EventBatch newEvents)
    {
        if (Oldest is { } oldest && time.GetUtcNow() - oldest > Settled)
        {
            return;
        }

        var least = long.MaxValue;
        foreach (var span in newEvents.Spans)
        {
            least = Math.Min(least, span.StartNanos);
        }

        foreach (var log in newEvents.Logs)
        {
            least = Math.Min(least, log.TimeNanos);
        }

        foreach (var score in newEvents.Scores)
        {
            least = Math.Min(least, score.TimeNanos);
        }

        if (least < long.MaxValue)
        {
            Lower(DateTimeOffset.UnixEpoch.Ticks + (least / TimeSpan.NanosecondsPerTick));
        }
    }

    private void Lower(long ticks)
    {
        for (var seen = Volatile.Read(ref oldestTicks); ticks < seen; seen = Volatile.Read(ref oldestTicks))
        {
            if (Interlocked.CompareExchange(ref oldestTicks, ticks, seen) == seen)
            {
                return;
            }
        }
    }
}
