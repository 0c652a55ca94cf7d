using System.Globalization;
using Assay.Experimentation.Flags;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Flags.Pages;

/// <summary>A flag as a form has it: texts as they were typed, until they are made a change.</summary>
internal sealed record FlagDraft
{
    /// <summary>The version that it was made from.</summary>
    public long Version { get; init; }

    /// <summary>Whether the flag is on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The rules in order.</summary>
    public IReadOnlyList<RuleDraft> Rules { get; init; } = [];

    /// <summary>Shares of the others in percent, one for each variant.</summary>
    public IReadOnlyList<string> Shares { get; init; } = [];

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Units to try it on, one a line; made up when empty.</summary>
    public string Units { get; init; } = "";

    /// <summary>Attributes of units that are made up.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>How many fields the form has; a server reads 1,024 at most.</summary>
    public int Fields => 8 + Shares.Count + Rules.Sum(r => 3 + Shares.Count + (3 * r.Conditions.Count));

    /// <summary>A flag as it is now.</summary>
    public static FlagDraft Of(FlagFile now, long version)
    {
        var variants = EffectiveFlag.VariantsOf(now);
        return new FlagDraft
        {
            Version = version,
            Enabled = now.Enabled,
            Rules = [.. (now.Rules ?? []).Select((rule, i) => RuleDraft.Of(now.Name, rule, i, variants))],
            Shares = RuleDraft.Texts(now.Rollout, variants),
        };
    }

    /// <summary>What was typed.</summary>
    public static FlagDraft Read(IFormCollection form, IReadOnlyList<string> variants)
    {
        var rules = new List<RuleDraft>();
        while (form.ContainsKey(RuleDraft.Field(rules.Count, "serve")))
        {
            rules.Add(RuleDraft.Read(form, rules.Count, variants.Count));
        }

        return new FlagDraft
        {
            Version = long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
            Enabled = form["enabled"] != "false",
            Rules = rules,
            Shares = [.. variants.Select((_, i) => form[$"s{i}"].ToString().Trim())],
            Reason = OneLine(form["reason"].ToString()),
            Units = form["units"].ToString(),
            Attributes = form["attributes"].ToString().Trim(),
        };
    }

    /// <summary>The form after a button: <c>up:1</c>, <c>down:0</c>, <c>remove:2</c>, <c>and:0</c>, <c>drop:0.1</c>, <c>rule</c>, <c>rollout</c>.</summary>
    public FlagDraft After(string act, IReadOnlyList<string> variants)
    {
        var (word, rule, condition) = Parse(act);
        var rules = Rules.ToList();
        switch (word)
        {
            case "rule":
                rules.Add(RuleDraft.New(variants, withCondition: true));
                break;
            case "rollout":
                rules.Add(RuleDraft.New(variants, withCondition: false));
                break;
            case "up" when rule > 0 && rule < rules.Count:
                (rules[rule - 1], rules[rule]) = (rules[rule], rules[rule - 1]);
                break;
            case "down" when rule >= 0 && rule < rules.Count - 1:
                (rules[rule + 1], rules[rule]) = (rules[rule], rules[rule + 1]);
                break;
            case "remove" when rule >= 0 && rule < rules.Count:
                rules.RemoveAt(rule);
                break;
            case "and" when rule >= 0 && rule < rules.Count:
                rules[rule] = rules[rule] with { Conditions = [.. rules[rule].Conditions, ConditionDraft.New] };
                break;
            case "drop" when rule >= 0 && rule < rules.Count:
                rules[rule] = rules[rule] with { Conditions = [.. rules[rule].Conditions.Where((_, i) => i != condition)] };
                break;
        }

        return this with
        {
            Rules = rules,
        };
    }

    /// <summary>The change that it asks for; what is as before is left out.</summary>
    /// <exception cref="AssayException">A share is no number (exit code 2).</exception>
    public FlagChange ToChange(FlagFile now)
    {
        var variants = EffectiveFlag.VariantsOf(now);
        var rules = ToRules(now.Name, variants);
        var shares = RuleDraft.ToShares(Shares, variants);
        return new FlagChange
        {
            Enabled = Enabled == now.Enabled ? null : Enabled,
            Rules = RuleKeys.Of(now.Name, rules) == RuleKeys.Of(now.Name, now.Rules ?? []) ? null : rules,
            Rollout = RuleKeys.Of(shares) == RuleKeys.Of(now.Rollout) ? null : shares ?? [],
            Reason = Reason,
            ExpectedVersion = Version,
        };
    }

    private List<RuleEntry> ToRules(string flag, IReadOnlyList<string> variants)
    {
        var names = Rules.Select(r => r.Name).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        var made = new List<RuleEntry>();
        foreach (var rule in Rules)
        {
            made.Add(rule.ToRule(flag, rule.Name.Length > 0 ? rule.Name : Fresh(names), variants));
        }

        return made;
    }

    // Draws go by the name of a rule: a name that was in use is not given to another.
    private static string Fresh(HashSet<string> names)
    {
        var n = names.Count + 1;
        while (!names.Add(string.Create(CultureInfo.InvariantCulture, $"rule {n}")))
        {
            n++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"rule {n}");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static (string Word, int Rule, int Condition) Parse(string act)
    {
        var colon = act.IndexOf(':');
        if (colon < 0)
        {
            return (act, -1, -1);
        }

        var places = act[(colon + 1)..].Split('.');
        return (act[..colon], Place(places[0]), places.Length > 1 ? Place(places[1]) : -1);
    }

    private static int Place(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1;
}
