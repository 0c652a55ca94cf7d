using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Hosting;

/// <summary>How current the flags and experiments of this service are; for its own health page.</summary>
public sealed class FlagState
{
    private readonly CurrentSnapshot current;

    internal FlagState(CurrentSnapshot current) => this.current = current;

    /// <summary>Origin, version and age of what is in force now.</summary>
    public SnapshotStatus Status => current.Status;
}
