namespace Assay.Server.Flags.Streams;

/// <summary>
/// Tells any number of readers which version is in force. A reader has no queue: one that was late learns the version that is in force by then, which is all it needs.
/// </summary>
internal sealed class SnapshotFeed
{
    private readonly Lock gate = new();
    private TaskCompletionSource over = NewEnd();
    private SnapshotMoment now;

    public SnapshotFeed() => now = new SnapshotMoment("", default, over.Task);

    /// <summary>What is in force.</summary>
    public SnapshotMoment Now => Volatile.Read(ref now);

    /// <summary>Another version is in force.</summary>
    public void Publish(string version, DateTimeOffset at) => Next(_ => (version, at));

    /// <summary>Wakes all readers although nothing has changed.</summary>
    public void Beat() => Next(was => (was.Version, was.At));

    private void Next(Func<SnapshotMoment, (string Version, DateTimeOffset At)> of)
    {
        lock (gate)
        {
            var (ending, (version, at)) = (over, of(now));
            over = NewEnd();
            Volatile.Write(ref now, new SnapshotMoment(version, at, over.Task));
            ending.SetResult();
        }
    }

    // Readers go on on threads of their own: thousands of them must not hold up who publishes.
    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
