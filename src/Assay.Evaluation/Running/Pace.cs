namespace Assay.Evaluation.Running;

/// <summary>
/// Spreads calls so that a limit per minute holds over every minute: the generic cell rate algorithm, with one second's worth allowed at once.
/// </summary>
/// <param name="perMinute">Units (requests or tokens) a minute.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(long perMinute, TimeProvider time)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly long began = time.GetTimestamp();
    private TimeSpan due;

    /// <summary>Takes units and waits until they are due.</summary>
    public Task WaitAsync(long units, CancellationToken cancellationToken)
    {
        var wait = Take(units) - Burst;
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }

    /// <summary>Corrects an estimate: units more (or fewer, below 0) than were taken.</summary>
    public void Settle(long units)
    {
        lock (gate)
        {
            due += Spread(units);
        }
    }

    private TimeSpan Take(long units)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(began);
            var wait = due - now;
            due = (due > now ? due : now) + Spread(units);
            return wait;
        }
    }

    private TimeSpan Spread(long units) => TimeSpan.FromMinutes((double)units / perMinute);
}
