using Assay.Experimentation.Flags;

namespace Assay.Server.Flags;

/// <summary>A flag as it would be written today: its file with what was decided since.</summary>
internal static class EffectiveFlag
{
    public static FlagFile Of(FlagFile file, FlagOverride? decided) =>
        decided is null
            ? file
            : new FlagFile
            {
                Name = file.Name,
                Description = file.Description,
                Owner = file.Owner,
                Expires = file.Expires,
                Enabled = !decided.Killed && (decided.Enabled ?? file.Enabled),
                Variants = file.Variants,
                Default = file.Default,
                WhenOff = file.WhenOff,
                Requires = file.Requires,
                Rules = decided.Rules is { } rules ? [.. rules] : file.Rules,
                Rollout = decided.Rollout is { } rollout ? new Dictionary<string, decimal>(rollout) : file.Rollout,
                Salt = file.Salt,
            };

    /// <summary>Whether anything is other than the file says.</summary>
    public static bool Differs(FlagOverride? decided) =>
        decided is { } o && (o.Killed || o.Enabled is not null || o.Rollout is not null || o.Rules is not null);

    /// <summary>Whether it is on, off or killed.</summary>
    public static FlagSwitch SwitchOf(FlagFile file, FlagOverride? decided) =>
        decided is { Killed: true } ? FlagSwitch.Killed
        : decided?.Enabled ?? file.Enabled ? FlagSwitch.On
        : FlagSwitch.Off;

    /// <summary>The names of its variants.</summary>
    public static IReadOnlyList<string> VariantsOf(FlagFile file) => file.Variants is { Count: > 0 } own ? [.. own.Keys] : ["on", "off"];
}

/// <summary>How a flag is switched.</summary>
internal enum FlagSwitch
{
    /// <summary>Its rules decide.</summary>
    On,

    /// <summary>Everybody gets the variant of a flag that is off.</summary>
    Off,

    /// <summary>The same, by the kill switch.</summary>
    Killed,
}
