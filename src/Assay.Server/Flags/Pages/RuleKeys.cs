using System.Globalization;
using Assay.Experimentation.Flags;

namespace Assay.Server.Flags.Pages;

/// <summary>Rules and shares as texts that are the same when they decide the same.</summary>
internal static class RuleKeys
{
    private const char Part = '\u001f';
    private const char Line = '\u001e';

    /// <summary>The name of a rule; by its place when it has none, as flags are read.</summary>
    public static string NameOf(RuleEntry rule, int index) =>
        rule.Name.Length > 0 ? rule.Name : string.Create(CultureInfo.InvariantCulture, $"rule {index + 1}");

    /// <summary>What its shares are drawn with.</summary>
    public static string SaltOf(string flag, RuleEntry rule, string name) => rule.Salt ?? $"{flag}/{name}";

    public static string Of(string flag, IReadOnlyList<RuleEntry> rules) => string.Join(Line, rules.Select((rule, i) => Of(flag, rule, i)));

    public static string Of(string flag, RuleEntry rule, int index)
    {
        var name = NameOf(rule, index);
        var conditions = (rule.If ?? []).Select(c => string.Join(Part, [c.Attribute, c.Operator, .. c.Values ?? []]));
        return string.Join(Part, [name, rule.Rollout is null ? "" : SaltOf(flag, rule, name), rule.Serve ?? "", Of(rule.Rollout), .. conditions]);
    }

    public static string Of(IReadOnlyDictionary<string, decimal>? shares) =>
        string.Join(
            Part,
            (shares ?? new Dictionary<string, decimal>())
                .Where(s => s.Value != 0)
                .OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}={s.Value:0.####}"))
        );
}
