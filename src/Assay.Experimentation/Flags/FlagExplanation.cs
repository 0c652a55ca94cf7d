using Assay.Experimentation.Assignment;
using Assay.Experimentation.Flags.Conditions;
using Assay.Flags;

namespace Assay.Experimentation.Flags;

/// <summary>Why a flag is what it is for a unit: all that was looked at, and what was not needed.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Evaluation">The answer.</param>
/// <param name="Killed">Whether the kill switch decided.</param>
/// <param name="Enabled">Whether file and override leave the flag on.</param>
/// <param name="Override">What was decided after the file was written; null: nothing.</param>
/// <param name="Requires">Its prerequisites.</param>
/// <param name="Rules">Its rules in order, also those after the one that decided.</param>
/// <param name="Rollout">The draw of the flag's own shares; null when it has none.</param>
internal sealed record FlagExplanation(
    string Flag,
    FlagEvaluation Evaluation,
    bool Killed,
    bool Enabled,
    FlagOverride? Override,
    IReadOnlyList<PrerequisiteExplanation> Requires,
    IReadOnlyList<RuleExplanation> Rules,
    DrawExplanation? Rollout
)
{
    public static FlagExplanation Of(Flag flag, in Unit unit)
    {
        var requires = new List<PrerequisiteExplanation>();
        foreach (var required in flag.Requires)
        {
            var has = required.Flag.Decide(in unit).Evaluation;
            requires.Add(new PrerequisiteExplanation(required.Flag.Name, required.Variant, has.Variant, has.Variant == required.Variant));
        }

        var rules = new List<RuleExplanation>();
        foreach (var rule in flag.Rules)
        {
            rules.Add(RuleExplanation.Of(rule, in unit));
        }

        return new FlagExplanation(
            flag.Name,
            flag.Decide(in unit).Evaluation,
            flag.IsKilled,
            flag.Definition.Enabled,
            flag.Override,
            requires,
            rules,
            flag.Rollout is null ? null : DrawExplanation.Of(flag.Rollout.Shares, unit.Key)
        );
    }
}

/// <summary>A prerequisite: the variant that is wanted and the one that the unit has, null for none.</summary>
internal sealed record PrerequisiteExplanation(string Flag, string Wanted, string? Has, bool IsMet);

/// <summary>A rule: whether all conditions hold, and where the unit stands in its shares, null when it has none.</summary>
internal sealed record RuleExplanation(string Name, bool Holds, IReadOnlyList<ConditionExplanation> Conditions, DrawExplanation? Draw)
{
    public static RuleExplanation Of(FlagRule rule, in Unit unit)
    {
        var conditions = new List<ConditionExplanation>();
        foreach (var condition in rule.Conditions)
        {
            conditions.Add(ConditionExplanation.Of(condition, in unit));
        }

        var draw = rule.Rollout is null ? null : DrawExplanation.Of(rule.Rollout.Shares, unit.Key);
        return new RuleExplanation(rule.Name, conditions.TrueForAll(c => c.Holds), conditions, draw);
    }
}

/// <summary>A condition: what was compared with what; the unit's value is null when it has none.</summary>
internal sealed record ConditionExplanation(string Attribute, string Operator, IReadOnlyList<string> Values, string? Actual, bool Holds)
{
    public static ConditionExplanation Of(Condition condition, in Unit unit)
    {
        var attribute = condition.Of(in unit);
        return new ConditionExplanation(
            condition.Entry.Attribute,
            condition.Entry.Operator,
            condition.Entry.Values ?? [],
            Text(in attribute),
            condition.Holds(in unit)
        );
    }

    private static string? Text(in UnitAttribute attribute) =>
        attribute.Type switch
        {
            AttributeType.Text => attribute.Text,
            AttributeType.Number => attribute.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            AttributeType.Boolean => attribute.Number != 0 ? "true" : "false",
            AttributeType.List => string.Join(", ", attribute.Items!),
            _ => null,
        };
}

/// <summary>A draw.</summary>
/// <param name="Percent">Where the unit stands from 0 to 100; null when it has no key.</param>
/// <param name="Shares">The shares in percent that it is compared with.</param>
/// <param name="Variant">The variant whose share it is in; null for none.</param>
internal sealed record DrawExplanation(decimal? Percent, IReadOnlyDictionary<string, decimal> Shares, string? Variant)
{
    public static DrawExplanation Of(Shares shares, string key)
    {
        var percents = shares
            .Variants.Where(v => v.Millionths > 0)
            .ToDictionary(v => v.Variant, v => Assignment.Percent.Of(v.Millionths), StringComparer.Ordinal);
        var index =
            shares.OfEverybody is >= 0 and var all ? all
            : key.Length > 0 ? shares.Of(key)
            : Assignment.Shares.None;
        return new DrawExplanation(
            key.Length > 0 ? Assignment.Percent.Of(shares.Position(key)) : null,
            percents,
            index < 0 ? null : shares.Variants[index].Variant
        );
    }
}
