using System.Diagnostics.Metrics;
using Assay.Telemetry;

namespace Assay.Experimentation.Clients;

/// <summary>What a service tells about its flags and the events of its experiments.</summary>
internal sealed class ClientTelemetry : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Assay.Experimentation";

    private static readonly string[] Snapshots = ["applied", "unchanged", "malformed", "unreachable", "not_kept"];
    private static readonly string[] EventKinds = ["exposure", "outcome"];
    private static readonly string[] EventOutcomes = ["sent", "buffer_full", "refused", "lost_at_end", "no_hub"];

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> snapshots;
    private readonly Counter<long> events;
    private readonly Gauge<double> confirmed;
    private readonly long[] snapshotsSoFar = new long[Snapshots.Length];
    private readonly long[] eventsSoFar = new long[EventKinds.Length * EventOutcomes.Length];

    /// <summary>Creates the instruments that <paramref name="registry"/> defines for this meter, every counter at 0.</summary>
    public ClientTelemetry(TelemetryRegistry registry)
    {
        snapshots = registry.CreateCounter(meter, "assay_flag_snapshots_total");
        events = registry.CreateCounter(meter, "assay_experiment_events_total");
        confirmed = registry.CreateGauge(meter, "assay_flag_snapshot_confirmed_timestamp_seconds");
        StartAtZero();
    }

    public void Count(SnapshotOutcome outcome)
    {
        Interlocked.Increment(ref snapshotsSoFar[(int)outcome]);
        snapshots.Add(1, Tag("outcome", Snapshots[(int)outcome]));
    }

    /// <summary>How many attempts to read a snapshot ended so since the start.</summary>
    public long Counted(SnapshotOutcome outcome) => Interlocked.Read(ref snapshotsSoFar[(int)outcome]);

    public void Count(EventKind kind, EventOutcome outcome, long count = 1)
    {
        Interlocked.Add(ref eventsSoFar[Index(kind, outcome)], count);
        events.Add(count, Tag("kind", EventKinds[(int)kind]), Tag("outcome", EventOutcomes[(int)outcome]));
    }

    /// <summary>How many events of a kind ended so since the start.</summary>
    public long Counted(EventKind kind, EventOutcome outcome) => Interlocked.Read(ref eventsSoFar[Index(kind, outcome)]);

    /// <summary>The flags in force are those of the hub, or of the catalog folder, at this time.</summary>
    public void Confirmed(DateTimeOffset at) => confirmed.Record(at.ToUnixTimeMilliseconds() / 1000.0);

    public void Dispose() => meter.Dispose();

    private void StartAtZero()
    {
        foreach (var outcome in Snapshots)
        {
            snapshots.Add(0, Tag("outcome", outcome));
        }

        foreach (var kind in Enum.GetValues<EventKind>())
        {
            foreach (var outcome in Enum.GetValues<EventOutcome>())
            {
                Count(kind, outcome, 0);
            }
        }
    }

    private static int Index(EventKind kind, EventOutcome outcome) => ((int)kind * EventOutcomes.Length) + (int)outcome;

    private static KeyValuePair<string, object?> Tag(string label, string value) => new(label, value);
}

/// <summary>What became of an attempt to read a snapshot.</summary>
internal enum SnapshotOutcome
{
    /// <summary>It is in force.</summary>
    Applied,

    /// <summary>The one in force is the latest.</summary>
    Unchanged,

    /// <summary>It does not parse, and the one before stays in force.</summary>
    Malformed,

    /// <summary>The hub did not answer.</summary>
    Unreachable,

    /// <summary>It is in force and could not be written to the file for the next start.</summary>
    NotKept,
}

/// <summary>What an event of an experiment is.</summary>
internal enum EventKind
{
    /// <summary>A unit met a variant.</summary>
    Exposure,

    /// <summary>Something was measured at a unit.</summary>
    Outcome,
}

/// <summary>What became of an event.</summary>
internal enum EventOutcome
{
    /// <summary>The hub has it.</summary>
    Sent,

    /// <summary>The buffer had no room.</summary>
    BufferFull,

    /// <summary>It is not an event that the hub could take.</summary>
    Refused,

    /// <summary>The service ended before the hub took it.</summary>
    LostAtEnd,

    /// <summary>The flags come from files, and there is nobody to send it to.</summary>
    NoHub,
}
