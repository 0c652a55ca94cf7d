using System.Globalization;
using Assay.Experimentation.Flags;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Flags.Pages;

/// <summary>A rule as a form has it.</summary>
/// <param name="Name">Its name; empty for a new one.</param>
/// <param name="Salt">What its shares were drawn with, so that moving or naming it changes nobody; empty for a new one.</param>
/// <param name="Serve">The variant; empty for shares.</param>
/// <param name="Shares">Percent for each variant.</param>
/// <param name="Conditions">Conditions that must all hold.</param>
public sealed record RuleDraft(string Name, string Salt, string Serve, IReadOnlyList<string> Shares, IReadOnlyList<ConditionDraft> Conditions)
{
    /// <summary>Whether shares decide instead of one variant.</summary>
    public bool IsRollout => Serve.Length == 0;

    /// <summary>The name of a field.</summary>
    internal static string Field(int rule, string name) => string.Create(CultureInfo.InvariantCulture, $"r{rule}.{name}");

    /// <summary>A rule that was just added: a condition and the first variant, or shares for all.</summary>
    internal static RuleDraft New(IReadOnlyList<string> variants, bool withCondition) =>
        new("", "", withCondition ? variants[0] : "", [.. variants.Select(_ => "")], withCondition ? [ConditionDraft.New] : []);

    internal static RuleDraft Of(string flag, RuleEntry rule, int index, IReadOnlyList<string> variants)
    {
        var name = RuleKeys.NameOf(rule, index);
        return new RuleDraft(
            name,
            RuleKeys.SaltOf(flag, rule, name),
            rule.Serve ?? "",
            Texts(rule.Rollout, variants),
            [.. (rule.If ?? []).Select(c => new ConditionDraft(c.Attribute, c.Operator, ValueList.Write(c.Values)))]
        );
    }

    internal static RuleDraft Read(IFormCollection form, int index, int variants)
    {
        string Get(string name) => form[Field(index, name)].ToString().Trim();
        var conditions = new List<ConditionDraft>();
        while (form.ContainsKey(Field(index, $"c{conditions.Count}.operator")))
        {
            var at = $"c{conditions.Count}.";
            conditions.Add(new ConditionDraft(Get(at + "attribute"), Get(at + "operator"), Get(at + "values")));
        }

        return new RuleDraft(Get("name"), Get("salt"), Get("serve"), [.. Enumerable.Range(0, variants).Select(i => Get($"s{i}"))], conditions);
    }

    /// <exception cref="AssayException">A share is no number (exit code 2).</exception>
    internal RuleEntry ToRule(string flag, string name, IReadOnlyList<string> variants) =>
        new()
        {
            Name = name,
            If = Conditions.Count == 0 ? null : [.. Conditions.Select(c => c.ToCondition())],
            Serve = IsRollout ? null : Serve,
            Rollout = IsRollout ? ToShares(Shares, variants) ?? [] : null,
            Salt = Salt.Length == 0 || Salt == $"{flag}/{name}" ? null : Salt,
        };

    /// <summary>Shares as texts, one for each variant.</summary>
    internal static IReadOnlyList<string> Texts(IReadOnlyDictionary<string, decimal>? shares, IReadOnlyList<string> variants) =>
        [.. variants.Select(v => shares is not null && shares.TryGetValue(v, out var share) ? share.ToString("0.####", CultureInfo.InvariantCulture) : "")];

    /// <summary>Shares of texts; null when all are empty.</summary>
    /// <exception cref="AssayException">One is no number (exit code 2).</exception>
    internal static Dictionary<string, decimal>? ToShares(IReadOnlyList<string> texts, IReadOnlyList<string> variants)
    {
        var shares = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (variant, text) in variants.Zip(texts).Where(s => s.Second.Length > 0))
        {
            shares[variant] = decimal.TryParse(
                text.Replace(',', '.'),
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var share
            )
                ? share
                : throw AssayException.Usage($"The share of {variant} is '{text}'.", "Write percent as a number from 0 to 100, such as 12.5.");
        }

        return shares.Count == 0 ? null : shares;
    }
}

/// <summary>A condition as a form has it.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Values">What it compares with, in one field.</param>
public sealed record ConditionDraft(string Attribute, string Operator, string Values)
{
    /// <summary>The same one by one.</summary>
    public IReadOnlyList<string> List { get; init; } = [];

    internal static readonly ConditionDraft New = new("", "in", "");

    internal ConditionEntry ToCondition() =>
        new()
        {
            Attribute = Attribute,
            Operator = Operator,
            Values = ConditionTexts.TakesNoValues(Operator) ? null : ValueList.Read(Values),
        };
}
