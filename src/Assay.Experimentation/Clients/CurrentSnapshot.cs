using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Clients;

/// <summary>The flags and experiments in force. Readers take them without a lock; a new snapshot takes the old one's place in one write.</summary>
internal sealed class CurrentSnapshot(Snapshot first, SnapshotOrigin origin, TimeProvider time)
{
    private State state = new(first, origin, ConfirmedAt: null);
    private int followed;

    /// <summary>The snapshot in force.</summary>
    public Snapshot Value => Volatile.Read(ref state).Snapshot;

    /// <summary>Where the snapshot came from and how old it may be.</summary>
    public SnapshotStatus Status
    {
        get
        {
            var now = Volatile.Read(ref state);
            return new SnapshotStatus(now.Origin, now.Snapshot.Version, now.ConfirmedAt, Volatile.Read(ref followed) != 0);
        }
    }

    /// <summary>Whether the hub's stream is followed now.</summary>
    public bool IsFollowed
    {
        set => Volatile.Write(ref followed, value ? 1 : 0);
    }

    /// <summary>Puts a snapshot in force. One writer at a time.</summary>
    public void Replace(Snapshot next, SnapshotOrigin from) => Volatile.Write(ref state, new State(next, from, time.GetUtcNow()));

    /// <summary>The snapshot in force is the hub's still.</summary>
    public void Confirm(SnapshotOrigin from) => Volatile.Write(ref state, Volatile.Read(ref state) with { Origin = from, ConfirmedAt = time.GetUtcNow() });

    private sealed record State(Snapshot Snapshot, SnapshotOrigin Origin, DateTimeOffset? ConfirmedAt);
}
