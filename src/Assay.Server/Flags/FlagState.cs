using System.Collections.Frozen;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;

namespace Assay.Server.Flags;

/// <summary>The flags and experiments in force, and how they came to be.</summary>
/// <param name="Files">The last good flags of the catalog, by name.</param>
/// <param name="Experiments">The last good experiments of the catalog, by name.</param>
/// <param name="Overrides">What was decided after the files were written, by flag; also of flags that no file has any more.</param>
/// <param name="Snapshot">What comes of them: evaluated, and sent to clients.</param>
/// <param name="Json">The snapshot as it is sent, written once for all who ask.</param>
/// <param name="Since">When the snapshot came to be.</param>
/// <param name="Fault">Why the files as they are now, or a part of an override, are not in force; null when nothing is wrong.</param>
internal sealed record FlagState(
    FrozenDictionary<string, FlagFile> Files,
    FrozenDictionary<string, ExperimentFile> Experiments,
    FrozenDictionary<string, FlagOverride> Overrides,
    Snapshot Snapshot,
    ReadOnlyMemory<byte> Json,
    DateTimeOffset Since,
    FlagFault? Fault
)
{
    /// <summary>Flags of whose override the switches alone are in force: its rules or shares do not fit the file.</summary>
    public FrozenSet<string> Misfits { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The override of a flag as it was decided; null when it never had one.</summary>
    public FlagOverride? OverrideOf(string flag) => Overrides.GetValueOrDefault(flag);

    /// <summary>What of the override of a flag is in force; null when it never had one.</summary>
    public FlagOverride? InForceOf(string flag) =>
        OverrideOf(flag) is { } decided && Misfits.Contains(flag) ? decided with { Rules = null, Rollout = null } : OverrideOf(flag);
}

/// <summary>What is wrong with what is not in force.</summary>
/// <param name="Problem">What is wrong, with file and line.</param>
/// <param name="Fix">What to do.</param>
/// <param name="At">When it was seen.</param>
internal sealed record FlagFault(string Problem, string Fix, DateTimeOffset At);
