namespace Assay.Experimentation.Flags;

/// <summary>A flag that has outlived its use: each is a branch of code that nobody needs.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why it is thought so.</param>
/// <param name="Variant">The variant that everybody has; null unless that is the reason.</param>
/// <param name="Since">Since when; null when only its file says so.</param>
internal sealed record StaleFlag(string Flag, string Owner, StaleReason Reason, string? Variant, DateTimeOffset? Since)
{
    /// <summary>How long everybody may have one variant before that is worth a word: a rollout that has just reached 100 % is still watched.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    /// <summary>The stale ones among flags, by name; one may be so for several reasons.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="now">The time.</param>
    /// <param name="evaluations">How often each was asked for in the time that is looked at, flags nobody asked for left out; null when that is not known.</param>
    public static IEnumerable<StaleFlag> Among(IEnumerable<Flag> flags, DateTimeOffset now, IReadOnlyDictionary<string, long>? evaluations = null) =>
        flags.SelectMany(flag => Of(flag, now, evaluations));

    private static IEnumerable<StaleFlag> Of(Flag flag, DateTimeOffset now, IReadOnlyDictionary<string, long>? evaluations)
    {
        var owner = flag.Definition.Owner;
        if (flag.Definition.Expires is { } expires && DateOnly.FromDateTime(now.UtcDateTime) > expires)
        {
            var end = new DateTimeOffset(expires.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            yield return new StaleFlag(flag.Name, owner, StaleReason.Expired, null, end);
        }

        var since = flag.Override?.At;
        if (Everybodys(flag) is { } variant && (since is null || now - since >= Grace))
        {
            yield return new StaleFlag(flag.Name, owner, StaleReason.SameForEverybody, variant, since);
        }

        if (evaluations is not null && evaluations.GetValueOrDefault(flag.Name) == 0)
        {
            yield return new StaleFlag(flag.Name, owner, StaleReason.Unused, null, null);
        }
    }

    /// <summary>The one variant that is left of a flag that once decided; null when it still decides, or never did: a switch with a default alone is kept on purpose.</summary>
    private static string? Everybodys(Flag flag)
    {
        if (flag.IsOff)
        {
            return flag.Definition.WhenOff;
        }

        if (flag.Rules.Count == 0 && flag.Rollout is null)
        {
            return null;
        }

        var possible = flag.PossibleVariants();
        return possible.Count == 1 ? possible.First() : null;
    }
}

/// <summary>Why a flag is stale.</summary>
internal enum StaleReason
{
    /// <summary>The day by which it should be gone has passed.</summary>
    Expired,

    /// <summary>Its file or override leaves one variant for everybody: 0 or 100 %, or switched off.</summary>
    SameForEverybody,

    /// <summary>Nobody asks for it.</summary>
    Unused,
}
