namespace Assay.Experimentation.Clients;

/// <summary>Where flags and experiments came from.</summary>
public enum SnapshotOrigin
{
    /// <summary>From nowhere yet: every flag gives its caller's fallback, and no unit takes part in an experiment.</summary>
    None,

    /// <summary>From the file that an earlier process kept; the hub was not reached yet.</summary>
    LastKnownGood,

    /// <summary>From the hub.</summary>
    Hub,

    /// <summary>From the files of a catalog folder.</summary>
    Catalog,
}

/// <summary>How current the flags and experiments of a service are.</summary>
/// <param name="Origin">Where they came from.</param>
/// <param name="Version">The snapshot's version; empty for none.</param>
/// <param name="ConfirmedAt">When the hub, or the catalog folder, last said that they are in force; null when this process has not heard from it.</param>
/// <param name="IsFollowed">Whether changes arrive at once: the hub's stream is open, and what it sent last could be read.</param>
public sealed record SnapshotStatus(SnapshotOrigin Origin, string Version, DateTimeOffset? ConfirmedAt, bool IsFollowed);
