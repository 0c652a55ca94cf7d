namespace Assay.Tests.Observability.Slos;

/// <summary>A clock that goes on when the test says so, and rings its timers on the way.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Timer> timers = [];

    /// <summary>A whole hour, so that buckets of every width begin there.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => callback(state));
        timers.Add(timer);
        return timer;
    }

    /// <summary>Goes on and rings every timer once.</summary>
    public void Advance(TimeSpan by)
    {
        Now += by;
        timers.ForEach(t => t.Ring());
    }

    private sealed class Timer(Action ring) : ITimer
    {
        private bool isGone;

        public void Ring()
        {
            if (!isGone)
            {
                ring();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => isGone = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
