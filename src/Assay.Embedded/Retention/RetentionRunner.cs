using Assay.Stores;

namespace Assay.Embedded.Retention;

/// <summary>What one look at the store came to.</summary>
/// <param name="At">When.</param>
/// <param name="Plan">What was decided; null when the store could not be measured.</param>
/// <param name="Deleted">How many events were deleted.</param>
/// <param name="Problem">What went wrong; null when nothing did. The next look tries again.</param>
public sealed record RetentionRun(DateTimeOffset At, RetentionPlan? Plan, long Deleted, string? Problem);

/// <summary>Deletes what is too old or too much, at once and then at intervals, until disposed.</summary>
public sealed class RetentionRunner : IAsyncDisposable
{
    private readonly IEventStore events;
    private readonly RetentionOptions options;
    private readonly TimeProvider time;
    private readonly Action<RetentionRun> heard;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    /// <summary>Starts.</summary>
    /// <param name="events">The store.</param>
    /// <param name="options">How much is kept.</param>
    /// <param name="time">The clock and its timers.</param>
    /// <param name="heard">Hears of each look, for the log; it must not throw.</param>
    public RetentionRunner(IEventStore events, RetentionOptions options, TimeProvider time, Action<RetentionRun> heard)
    {
        (this.events, this.options, this.time, this.heard) = (events, options, time, heard);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Ends a deletion between two of its steps and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(options.Every, time);
        try
        {
            do
            {
                heard(await LookAsync());
            } while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task<RetentionRun> LookAsync()
    {
        var now = time.GetUtcNow();
        RetentionPlan? plan = null;
        try
        {
            plan = RetentionPlan.Decide(now, await events.MeasureAsync(stop.Token), options);
            var deleted = plan.Before is { } before ? await events.DeleteBeforeAsync(before, stop.Token) : 0;
            return new RetentionRun(now, plan, deleted, Problem: null);
        }
        // A full disk or a busy store passes; retention must outlive it.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new RetentionRun(now, plan, Deleted: 0, e.Message);
        }
    }
}
