using System.Text;
using Assay.Catalogs;
using Assay.Experimentation.Assignment;
using Assay.Experimentation.Flags.Conditions;

namespace Assay.Experimentation.Flags;

/// <summary>Reads a flag's file and override into parts that can be asked; whatever does not fit is an error with its place (exit code 2).</summary>
internal sealed class FlagReading
{
    private static readonly Variant[] OnOff = [new("on", FlagValue.True), new("off", FlagValue.False)];

    private readonly FlagFile definition;
    private readonly FlagParts parts;
    private readonly FaultOwner owner;

    private FlagReading(FlagFile file, FlagOverride? change)
    {
        owner = FaultOwner.Flag(file.Name, change);
        Fault.CheckName(file, owner, file.Name);
        definition = change is null ? file : file.With(change);
        parts = new FlagParts(definition, change, ReadVariants());
    }

    /// <summary>Everything but the prerequisites, which need the other flags.</summary>
    /// <param name="file">The flag.</param>
    /// <param name="change">Its override; null for none.</param>
    /// <param name="isInForce">Whether it is in force somewhere already, with what its file and its override say in one; a share that changes nothing is no fault then.</param>
    public static FlagParts Read(FlagFile file, FlagOverride? change, bool isInForce)
    {
        var reading = new FlagReading(file, change);
        reading.Require(file, file.Default, "default");
        reading.Require(file, file.WhenOff, "whenOff");
        var read = reading.parts with
        {
            Rules = reading.ReadRules(),
            Rollout = reading.ReadRollout(reading.definition, reading.definition.Rollout, reading.definition.Salt ?? file.Name, rule: null),
        };
        if (!isInForce)
        {
            IdleShares.Refuse(read, reading.owner);
        }

        return read;
    }

    private Variant[] ReadVariants()
    {
        if (definition.Variants is not { Count: > 0 } declared)
        {
            return OnOff;
        }

        if (declared.Count > Limits.Variants)
        {
            throw Error(definition, $"{declared.Count} variants; {Limits.Variants} are allowed.", "Leave variants out, or make several flags.");
        }

        return [.. declared.Select(v => ReadVariant(v.Key, v.Value))];
    }

    private Variant ReadVariant(string name, VariantValue? value)
    {
        var read = FlagValue.Of(value?.Json ?? default);
        var isFinite = read.Number is null || double.IsFinite(read.Number.Value);
        if (name.Length is 0 or > Limits.NameCharacters || !isFinite || Encoding.UTF8.GetByteCount(read.Json.GetRawText()) > Limits.VariantBytes)
        {
            throw Error(
                definition,
                $"the variant '{name}' cannot be used.",
                $"A name has 1 to {Limits.NameCharacters} characters, a number is finite, a value has {Limits.VariantBytes >> 10} KiB at most."
            );
        }

        return new Variant(name, read);
    }

    private FlagRule[] ReadRules()
    {
        var rules = definition.Rules ?? [];
        if (rules.Count > Limits.Rules)
        {
            throw Error(definition, $"{rules.Count} rules; {Limits.Rules} are allowed.", "Ask for a group of units instead of for each.");
        }

        if (rules.Contains(null!))
        {
            throw Error(definition, "one of its rules is empty.", "Write serve or rollout, or take the rule out.");
        }

        var names = rules.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        var read = new FlagRule[rules.Count];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = ReadRule(rules[i], i, names);
        }

        return read;
    }

    private FlagRule ReadRule(RuleEntry rule, int index, HashSet<string>? names)
    {
        var name = !string.IsNullOrEmpty(rule.Name) ? rule.Name : $"rule {index + 1}";
        if (names?.Add(name) == false)
        {
            throw Error(rule, $"two rules are called '{name}'.", "Name each differently: explanations and draws go by the name.");
        }

        if (rule.Serve is null == (rule.Rollout is null))
        {
            throw Error(rule, $"the rule '{name}' has {(rule.Serve is null ? "neither serve nor rollout" : "both serve and rollout")}.", "Write one of them.");
        }

        if (rule.If?.Count > Limits.Conditions)
        {
            throw Error(rule, $"the rule '{name}' has {rule.If.Count} conditions; {Limits.Conditions} are allowed.", "Split it into several rules.");
        }

        if (rule.Serve is not null)
        {
            Require(rule, rule.Serve, "serve");
        }

        var conditions = new Condition[rule.If?.Count ?? 0];
        for (var i = 0; i < conditions.Length; i++)
        {
            conditions[i] = Operators.Read(rule.If![i], owner with { Rule = name });
        }

        return new FlagRule(
            name,
            conditions,
            rule.Serve is null ? null : parts.Answer(rule.Serve, EvaluationReason.TargetingMatch, name),
            rule.Rollout is null ? null : ReadRollout(rule, rule.Rollout, rule.Salt ?? $"{definition.Name}/{name}", name)
        );
    }

    private Rollout? ReadRollout(CatalogEntry place, Dictionary<string, decimal>? rollout, string salt, string? rule)
    {
        if (rollout is null)
        {
            return null;
        }

        foreach (var name in rollout.Keys)
        {
            Require(place, name, "rollout");
        }

        var shares = new Share[parts.Variants.Length];
        var answers = new FlagOutcome[shares.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            var name = parts.Variants[i].Name;
            shares[i] = new Share(name, rollout.TryGetValue(name, out var percent) ? Share(place, name, percent) : 0);
            answers[i] = parts.Answer(i, EvaluationReason.Split, rule);
        }

        return shares.Sum(s => s.Millionths) <= Draw.Steps
            ? new Rollout(new Shares(salt, shares), answers, parts.KeyMissing(rule))
            : throw Error(place, $"the shares of a rollout sum to {rollout.Values.Sum()} %.", "Give at most 100 % in all; what is left gets the default.");
    }

    private int Share(CatalogEntry place, string variant, decimal percent) =>
        Percent.Millionths(percent) ?? throw Error(place, $"'{variant}' has a share of {percent} %.", "Shares are from 0 to 100 % in steps of 0.0001 %.");

    private void Require(CatalogEntry place, string variant, string where)
    {
        if (parts.IndexOf(variant) < 0)
        {
            var known = string.Join(", ", parts.Variants.Select(v => v.Name));
            throw Error(place, $"{where} names the variant '{variant}', which there is not.", $"Variants of the flag: {known}.");
        }
    }

    private AssayException Error(CatalogEntry place, string problem, string fix) => Fault.At(place, owner, problem, fix);
}
