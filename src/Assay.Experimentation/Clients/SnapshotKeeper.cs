using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Clients;

/// <summary>Puts what the hub sends in force, keeps it for the next start, and counts what happened.</summary>
internal sealed class SnapshotKeeper(CurrentSnapshot current, SnapshotFile file, ClientTelemetry telemetry, Uri hub, TimeProvider time, ILogger log)
{
    private bool isFound;
    private bool isLostTold;

    /// <summary>Puts a snapshot in force; false when it is bad and the one before stays.</summary>
    public bool Take(byte[] json)
    {
        var reading = SnapshotReading.Of(json);
        if (reading.Snapshot is not { } snapshot)
        {
            telemetry.Count(SnapshotOutcome.Malformed);
            log.Malformed(SnapshotOrigin.Hub, reading.Fault!);
            return false;
        }

        if (current.Status is { Origin: SnapshotOrigin.Hub } status && status.Version == snapshot.Version)
        {
            Unchanged();
            return true;
        }

        current.Replace(snapshot, SnapshotOrigin.Hub);
        telemetry.Count(SnapshotOutcome.Applied);
        telemetry.Confirmed(time.GetUtcNow());
        log.Applied(snapshot.Version, SnapshotOrigin.Hub);
        if (file.Write(json) is { } fault)
        {
            telemetry.Count(SnapshotOutcome.NotKept);
            log.NotKept(fault);
        }

        return true;
    }

    /// <summary>The hub has nothing newer.</summary>
    public void Unchanged()
    {
        telemetry.Count(SnapshotOutcome.Unchanged);
        Confirm();
    }

    /// <summary>The stream is open and brought no change.</summary>
    public void Confirm()
    {
        current.Confirm(SnapshotOrigin.Hub);
        telemetry.Confirmed(time.GetUtcNow());
    }

    /// <summary>The stream is open.</summary>
    public void HubFound()
    {
        current.IsFollowed = true;
        isLostTold = false;
        if (!isFound)
        {
            isFound = true;
            log.HubFound(hub);
        }
    }

    /// <summary>The stream is open, but what the hub sends is not in force here.</summary>
    public void NotTaken() => current.IsFollowed = false;

    /// <summary>The hub ended the stream, as one does that is stopped.</summary>
    public void StreamEnded() => current.IsFollowed = false;

    /// <summary>The hub could not be asked or followed; told once until it is found again.</summary>
    public void HubLost(HubFault fault)
    {
        current.IsFollowed = false;
        isFound = false;
        telemetry.Count(SnapshotOutcome.Unreachable);
        if (!isLostTold)
        {
            isLostTold = true;
            log.HubLost(hub, fault.Message);
        }
    }
}
