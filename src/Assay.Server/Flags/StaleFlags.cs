using Assay.Experimentation.Flags;

namespace Assay.Server.Flags;

/// <summary>Flags that should be looked at: expired, killed for long, decided for everybody, or changed for long without its file saying so.</summary>
internal static class StaleFlags
{
    /// <summary>A kill switch that was thrown longer ago has become the rule.</summary>
    public const int KilledDays = 30;

    /// <summary>An override that is older belongs into the file.</summary>
    public const int OverrideDays = 30;

    public static IReadOnlyList<StaleFlag> Of(FlagState state, DateOnly today) =>
        [
            .. state
                .Files.Values.OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => Why(f, state.InForceOf(f.Name), today))
                .Concat(state.Overrides.Values.Where(o => !state.Files.ContainsKey(o.Flag)).OrderBy(o => o.Flag, StringComparer.Ordinal).Select(Orphan))
                .OfType<StaleFlag>(),
        ];

    /// <summary>Why a flag should be looked at; null when nothing is found.</summary>
    public static StaleFlag? Why(FlagFile file, FlagOverride? decided, DateOnly today)
    {
        var age = decided is null ? 0 : today.DayNumber - DateOnly.FromDateTime(decided.At.UtcDateTime).DayNumber;
        if (file.Expires is { } expires && expires < today)
        {
            return new StaleFlag(file.Name, file.Owner, StaleKind.Expired, $"It should be gone since {expires:yyyy-MM-dd}.");
        }

        if (decided is { Killed: true })
        {
            return age >= KilledDays
                ? new StaleFlag(file.Name, file.Owner, StaleKind.Killed, $"It is killed for {age} days: remove what it guards, or restore it.")
                : null;
        }

        if (DecidedFor(EffectiveFlag.Of(file, decided)) is { } variant)
        {
            return new StaleFlag(file.Name, file.Owner, StaleKind.Decided, $"Everybody gets '{variant}': remove the flag from the code and from the catalog.");
        }

        return EffectiveFlag.Differs(decided) && age >= OverrideDays
            ? new StaleFlag(file.Name, file.Owner, StaleKind.Drift, $"Its override is {age} days old: write it into the catalog with `assay flag export`.")
            : null;
    }

    private static StaleFlag Orphan(FlagOverride decided) =>
        new(decided.Flag, "", StaleKind.Orphan, "There is an override, but no file of this flag: services get their fallback.");

    // Off for everybody is how a flag begins; a share of 100 % is how it ends.
    private static string? DecidedFor(FlagFile flag) =>
        flag is { Enabled: true } && flag.Requires is not { Count: > 0 }
            ? flag.Rules is { Count: > 0 } rules
                ? rules.All(r => All(r) == All(rules[0])) && flag.Rollout is { } rest && Whole(rest) == All(rules[0])
                    ? All(rules[0])
                    : rules[0].If is not { Count: > 0 }
                        ? All(rules[0])
                        : null
                : flag.Rollout is { } shares
                    ? Whole(shares)
                    : null
            : null;

    private static string? All(RuleEntry rule) => rule.Serve ?? (rule.Rollout is { } shares ? Whole(shares) : null);

    private static string? Whole(IReadOnlyDictionary<string, decimal> shares) => shares.FirstOrDefault(s => s.Value == 100).Key;
}

/// <summary>A flag that should be looked at.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Reason">The same in words, and what to do.</param>
internal sealed record StaleFlag(string Flag, string Owner, StaleKind Kind, string Reason);

/// <summary>What was found about a flag.</summary>
internal enum StaleKind
{
    /// <summary>Its day has passed.</summary>
    Expired,

    /// <summary>Killed for <see cref="StaleFlags.KilledDays"/> days or more.</summary>
    Killed,

    /// <summary>Everybody gets the same variant by a share of 100 %.</summary>
    Decided,

    /// <summary>An override of <see cref="StaleFlags.OverrideDays"/> days or more that is not in the file.</summary>
    Drift,

    /// <summary>An override without a file.</summary>
    Orphan,
}

/// <summary>Flags that should be looked at.</summary>
internal sealed record StaleFlagList(IReadOnlyList<StaleFlag> Flags);
