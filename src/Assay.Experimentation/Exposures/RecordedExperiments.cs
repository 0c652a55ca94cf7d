using Assay.Experimentation.Clients;
using Assay.Flags;
using Assay.Stores;

namespace Assay.Experimentation.Exposures;

/// <summary>Assigns from the snapshot in force, and puts what units met and what was measured at them into the buffer.</summary>
internal sealed class RecordedExperiments(CurrentSnapshot current, EventBuffer buffer, RecentExposures recent, ClientTelemetry telemetry, TimeProvider time)
    : IExperiments
{
    /// <summary>The longest name; the hub would refuse a longer one.</summary>
    private const int MaxNameChars = 128;

    private long sequence;

    public string? Assign(string experiment, in Unit unit)
    {
        var snapshot = current.Value.Experiments;
        if (experiment is null || unit.Key.Length == 0 || snapshot.Arm(experiment, unit) is not { } variant || snapshot.Find(experiment) is not { } found)
        {
            return null;
        }

        Expose(new ExposureKey(experiment, found.Version, UnitId.Of(unit.Key), variant));
        FlagSpans.Record(experiment, variant);
        return variant;
    }

    public string? Peek(string experiment, in Unit unit) => experiment is null || unit.Key.Length == 0 ? null : current.Value.Experiments.Arm(experiment, unit);

    public void Record(string experiment, in Unit unit, string metric, double value)
    {
        if (unit.Key.Length == 0 || !IsName(experiment) || !IsName(metric))
        {
            telemetry.Count(EventKind.Outcome, EventOutcome.Refused);
            return;
        }

        var number = Interlocked.Increment(ref sequence);
        buffer.TryAdd(new WaitingEvent(EventKind.Outcome, experiment, UnitId.Of(unit.Key), metric, value, number, time.GetUtcNow()));
    }

    // What has control characters or halves of characters is no name but data, and the hub would refuse it.
    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxNameChars }
        && text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0
        && text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0;

    private void Expose(in ExposureKey key)
    {
        // One that had no room is forgotten, so that the next meeting of this unit tries again.
        if (recent.Add(key) && !buffer.TryAdd(new WaitingEvent(EventKind.Exposure, key.Experiment, key.Unit, key.Variant, key.Version, 0, time.GetUtcNow())))
        {
            recent.Remove(key);
        }
    }
}
