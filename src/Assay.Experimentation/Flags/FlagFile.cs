using System.Text.Json.Serialization;
using Assay.Catalogs;

namespace Assay.Experimentation.Flags;

/// <summary>
/// A flag as a catalog file or an override writes it (<c>catalog/flags/*.yaml</c>, one document a flag). The same shape in JSON travels to clients. A text for people
/// whose key stands there without a value (<c>owner:</c>) is as if it were left out.
/// </summary>
internal sealed class FlagFile : CatalogEntry
{
    /// <summary>1 to 64 of <c>a-z 0-9 _ - .</c>, beginning with a letter.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is for, in a sentence.</summary>
    public string Description
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Who answers for it.</summary>
    public string Owner
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>When it should be gone (a date); after that it is reported as stale.</summary>
    public DateOnly? Expires { get; set; }

    /// <summary>False: switched off, everybody gets <see cref="WhenOff"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The values by name, any YAML or JSON; <c>on: true</c> and <c>off: false</c> when left out.</summary>
    public Dictionary<string, VariantValue>? Variants { get; set; }

    /// <summary>The variant when no rule decides.</summary>
    public string Default { get; set; } = "off";

    /// <summary>The variant when the flag is switched off.</summary>
    public string WhenOff { get; set; } = "off";

    /// <summary>Flags that must have a variant for the unit before this one is looked at; otherwise the unit gets the default.</summary>
    public List<PrerequisiteEntry>? Requires { get; set; }

    /// <summary>Rules, asked in order; the first whose conditions all hold, and whose rollout has the unit, decides.</summary>
    public List<RuleEntry>? Rules { get; set; }

    /// <summary>Shares of the units that no rule decided, by variant, in percent; what is left gets the default.</summary>
    public Dictionary<string, decimal>? Rollout { get; set; }

    /// <summary>What the shares are drawn with; the name when left out. Changing it draws anew.</summary>
    public string? Salt { get; set; }

    /// <summary>The file with what an override changes; its place stays.</summary>
    public FlagFile With(FlagOverride change)
    {
        var changed = (FlagFile)MemberwiseClone();
        changed.Enabled = change.Enabled ?? Enabled;
        changed.Rules = change.Rules?.ToList() ?? Rules;
        changed.Rollout = change.Rollout is { } rollout ? new(rollout, StringComparer.Ordinal) : Rollout;
        return changed;
    }
}

/// <summary>A flag that must have a variant.</summary>
internal sealed class PrerequisiteEntry : CatalogEntry
{
    public string Flag { get; set; } = "";
    public string Variant { get; set; } = "on";
}

/// <summary>A rule of a flag.</summary>
internal sealed class RuleEntry : CatalogEntry
{
    /// <summary>Its name in explanations.</summary>
    public string Name
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Conditions that must all hold; none: everybody.</summary>
    public List<ConditionEntry>? If { get; set; }

    /// <summary>The variant for whom it holds; or <see cref="Rollout"/>.</summary>
    public string? Serve { get; set; }

    /// <summary>Shares by variant in percent, in steps of 0.0001; what is left goes on to the next rule.</summary>
    public Dictionary<string, decimal>? Rollout { get; set; }

    /// <summary>What the shares are drawn with; flag and rule when left out.</summary>
    public string? Salt { get; set; }
}

/// <summary>A condition of a rule: an attribute, an operator and what it is compared with.</summary>
internal sealed class ConditionEntry : CatalogEntry
{
    /// <summary>The attribute; <c>key</c> is the unit's key.</summary>
    public string Attribute { get; set; } = "";

    /// <summary><c>in notIn equals notEquals contains startsWith endsWith matches exists absent less atMost greater atLeast before after semverEquals semverLess semverAtMost semverGreater semverAtLeast cidr</c>.</summary>
    public string Operator { get; set; } = "in";

    /// <summary>Texts, numbers or booleans; one of them must fit.</summary>
    [JsonConverter(typeof(ConditionValuesJson))]
    public List<string>? Values { get; set; }
}
