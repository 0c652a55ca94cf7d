using Assay.Experimentation.Experiments;

namespace Assay.Experimentation.Flags;

/// <summary>All flags and experiments at a moment, as they travel to clients and into their last-known-good file.</summary>
/// <param name="Flags">The flags.</param>
/// <param name="Experiments">The experiments.</param>
/// <param name="Version">Differs when anything in it does; chosen by whoever makes it.</param>
internal sealed record Snapshot(FlagSet Flags, ExperimentSet Experiments, string Version)
{
    /// <summary>The largest snapshot that is read, in bytes.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>No flags and no experiments.</summary>
    public static Snapshot Empty { get; } = new(FlagSet.Empty, ExperimentSet.Empty, "");

    /// <summary>As JSON: definitions with overrides applied; who changed them and why stays at home.</summary>
    public ReadOnlyMemory<byte> ToJson() => SnapshotDocument.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="AssayException">It is no snapshot, or a flag or experiment in it does not fit (exit code 2).</exception>
    public static Snapshot FromJson(ReadOnlySpan<byte> json) => SnapshotDocument.Read(json);
}
