namespace Assay.Server.Flags.Streams;

/// <summary>What is in force, until something else is.</summary>
/// <param name="Version">The version of the snapshot.</param>
/// <param name="At">Since when.</param>
/// <param name="Over">Completes when there is another moment: a new version, or a beat that tells readers that the hub is there.</param>
internal sealed record SnapshotMoment(string Version, DateTimeOffset At, Task Over);
