using Assay.Flags;

namespace Assay.Experimentation.Flags;

/// <summary>A flag that can be asked: its file and its override in one, nothing left to parse. Never changes.</summary>
internal sealed class Flag
{
    private readonly FlagOutcome? constant;
    private readonly Prerequisite[] requires;
    private readonly FlagRule[] rules;
    private readonly Rollout? rollout;
    private readonly FlagOutcome matchedNone;
    private readonly FlagOutcome inNoShare;

    internal Flag(FlagParts parts)
    {
        Definition = parts.Definition;
        Override = parts.Override;
        Variants = parts.Variants;
        requires = parts.Requires;
        rules = parts.Rules;
        rollout = parts.Rollout;
        Cost = 1;
        foreach (var required in requires)
        {
            Cost += required.Flag.Cost;
        }

        constant =
            IsOff ? parts.Answer(Definition.WhenOff, EvaluationReason.Disabled)
            : requires.Length + rules.Length == 0 && rollout is null ? parts.Answer(Definition.Default, EvaluationReason.Static)
            : null;
        matchedNone = parts.Answer(Definition.Default, EvaluationReason.TargetingMatch);
        inNoShare = parts.Answer(Definition.Default, EvaluationReason.Split);
    }

    /// <summary>Its name.</summary>
    public string Name => Definition.Name;

    /// <summary>What counts: the file with what its override changes. The kill switch is <see cref="IsKilled"/>.</summary>
    public FlagFile Definition { get; }

    /// <summary>What was decided after the file was written; null: nothing.</summary>
    public FlagOverride? Override { get; }

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<Variant> Variants { get; }

    /// <summary>The version of the last override; 0 when the flag is as its file says.</summary>
    public long Version => Override?.Version ?? 0;

    /// <summary>The kill switch.</summary>
    public bool IsKilled => Override?.Killed == true;

    /// <summary>Killed or switched off: everybody has <see cref="FlagFile.WhenOff"/>.</summary>
    public bool IsOff => IsKilled || !Definition.Enabled;

    public IReadOnlyList<Prerequisite> Requires => requires;

    public IReadOnlyList<FlagRule> Rules => rules;

    public Rollout? Rollout => rollout;

    /// <summary>Flags that are looked at for this one, itself included.</summary>
    public int Cost { get; }

    /// <summary>The answer for a unit. Allocates nothing.</summary>
    public FlagOutcome Decide(in Unit unit)
    {
        if (constant is not null)
        {
            return constant;
        }

        foreach (var required in requires)
        {
            if (!required.IsMet(in unit))
            {
                return matchedNone;
            }
        }

        return DecideByRules(in unit);
    }

    /// <summary>Variants that some unit may have.</summary>
    public IReadOnlySet<string> PossibleVariants()
    {
        var possible = new HashSet<string>(StringComparer.Ordinal);
        if (IsOff)
        {
            possible.Add(Definition.WhenOff);
            return possible;
        }

        if (requires.Length > 0)
        {
            possible.Add(Definition.Default);
        }

        foreach (var rule in rules)
        {
            possible.UnionWith(rule.PossibleVariants);
            if (rule.IsForEverybody)
            {
                return possible;
            }
        }

        possible.UnionWith(rollout?.PossibleVariants ?? []);
        if (rollout is not { IsForEverybody: true })
        {
            possible.Add(Definition.Default);
        }

        return possible;
    }

    private FlagOutcome DecideByRules(in Unit unit)
    {
        var isSplit = false;
        foreach (var rule in rules)
        {
            if (!rule.Holds(in unit))
            {
                continue;
            }

            if (rule.Serve(in unit) is { } served)
            {
                return served;
            }

            isSplit = true;
        }

        return rollout is not null ? rollout.Decide(in unit) ?? inNoShare
            : isSplit ? inNoShare
            : matchedNone;
    }
}
