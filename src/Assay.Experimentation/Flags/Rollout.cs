using Assay.Experimentation.Assignment;
using Assay.Flags;

namespace Assay.Experimentation.Flags;

/// <summary>Shares of the units by variant, and the answers for each.</summary>
internal sealed class Rollout(Shares shares, FlagOutcome[] outcomes, FlagOutcome keyMissing)
{
    private readonly FlagOutcome? everybody = shares.OfEverybody is >= 0 and var all ? outcomes[all] : null;

    public Shares Shares => shares;

    /// <summary>Whether every unit is in a share.</summary>
    public bool IsForEverybody => shares.Total == Draw.Steps;

    /// <summary>Variants with a share.</summary>
    public IEnumerable<string> PossibleVariants => shares.Variants.Where(v => v.Millionths > 0).Select(v => v.Variant);

    /// <summary>The answer for a unit; null when it is in no share. When one variant has 100 %, the unit needs no key.</summary>
    public FlagOutcome? Decide(in Unit unit)
    {
        if (everybody is not null || shares.Total == 0)
        {
            return everybody;
        }

        var key = unit.Key;
        if (key.Length == 0)
        {
            return keyMissing;
        }

        var variant = shares.Of(key);
        return variant == Shares.None ? null : outcomes[variant];
    }
}
