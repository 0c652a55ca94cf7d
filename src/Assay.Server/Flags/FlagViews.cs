using Assay.Experimentation.Flags;

namespace Assay.Server.Flags;

/// <summary>All flags.</summary>
/// <param name="Flags">By name.</param>
/// <param name="Version">The version of the snapshot.</param>
/// <param name="Since">When it came to be.</param>
/// <param name="Fault">Why the files as they are now, or a part of an override, are not in force.</param>
internal sealed record FlagList(IReadOnlyList<FlagSummary> Flags, string Version, DateTimeOffset Since, FlagFault? Fault)
{
    public static FlagList Of(FlagState state, DateOnly today) =>
        new(
            [.. state.Files.Values.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => FlagSummary.Of(f, state.InForceOf(f.Name), today))],
            state.Snapshot.Version,
            state.Since,
            state.Fault
        );
}

/// <summary>A flag in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="State">On, off or killed.</param>
/// <param name="Variants">The names of its variants.</param>
/// <param name="Default">The variant of whom nothing decides.</param>
/// <param name="Rules">How many rules it has.</param>
/// <param name="Rollout">Shares by variant in percent; null for none.</param>
/// <param name="Overridden">Whether anything is other than its file says.</param>
/// <param name="Version">Its version, 0 when nobody ever changed it.</param>
/// <param name="Expires">When it should be gone.</param>
/// <param name="Stale">Why it should be looked at; null when nothing is found.</param>
/// <param name="Changed">The last change; null for none.</param>
internal sealed record FlagSummary(
    string Name,
    string Description,
    string Owner,
    FlagSwitch State,
    IReadOnlyList<string> Variants,
    string Default,
    int Rules,
    IReadOnlyDictionary<string, decimal>? Rollout,
    bool Overridden,
    long Version,
    DateOnly? Expires,
    string? Stale,
    FlagLastChange? Changed
)
{
    public static FlagSummary Of(FlagFile file, FlagOverride? decided, DateOnly today)
    {
        var now = EffectiveFlag.Of(file, decided);
        return new FlagSummary(
            file.Name,
            file.Description,
            file.Owner,
            EffectiveFlag.SwitchOf(file, decided),
            EffectiveFlag.VariantsOf(file),
            file.Default,
            now.Rules?.Count ?? 0,
            now.Rollout,
            EffectiveFlag.Differs(decided),
            decided?.Version ?? 0,
            file.Expires,
            StaleFlags.Why(file, decided, today)?.Reason,
            decided is null ? null : new FlagLastChange(decided.Actor, decided.Reason, decided.At)
        );
    }
}

/// <summary>Who changed a flag last.</summary>
internal sealed record FlagLastChange(string Actor, string Reason, DateTimeOffset At);

/// <summary>One flag.</summary>
/// <param name="Flag">It in short.</param>
/// <param name="File">Its file within the catalog's folder of flags.</param>
/// <param name="Definition">As its file has it.</param>
/// <param name="Override">What was decided since; null for nothing.</param>
/// <param name="Effective">Both together, as far as the override fits the file.</param>
/// <param name="Fault">Why the files as they are now, or a part of an override, are not in force.</param>
internal sealed record FlagDetail(FlagSummary Flag, string File, FlagFile Definition, FlagOverride? Override, FlagFile Effective, FlagFault? Fault)
{
    public static FlagDetail Of(FlagState state, string folder, FlagFile file, DateOnly today)
    {
        var inForce = state.InForceOf(file.Name);
        return new FlagDetail(
            FlagSummary.Of(file, inForce, today),
            FlagExport.PathOf(folder, file),
            file,
            state.OverrideOf(file.Name),
            EffectiveFlag.Of(file, inForce),
            state.Fault
        );
    }
}

/// <summary>What was decided about a flag.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Entries">The newest first; the first is in force.</param>
internal sealed record FlagHistory(string Flag, IReadOnlyList<FlagOverride> Entries);
