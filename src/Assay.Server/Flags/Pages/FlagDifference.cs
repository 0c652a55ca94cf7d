using Assay.Experimentation.Flags;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Flags.Pages;

/// <summary>What is other in one version of a flag than in another, in lines.</summary>
internal static class FlagDifference
{
    // Rules that are told by name; more are counted.
    private const int MostRules = 8;

    public static IReadOnlyList<string> Of(FlagFile file, FlagOverride? before, FlagOverride? after, Reader reader)
    {
        var lines = Of(
            EffectiveFlag.Of(file, before),
            EffectiveFlag.SwitchOf(file, before),
            EffectiveFlag.Of(file, after),
            EffectiveFlag.SwitchOf(file, after),
            reader
        );
        return lines.Count > 0 ? lines
            : after is not null && !EffectiveFlag.Differs(after) ? [reader.Say("as its file says", "как в файле")]
            : [reader.Say("nothing that decides", "ничего, что решает")];
    }

    public static IReadOnlyList<string> Of(FlagFile before, FlagSwitch was, FlagFile after, FlagSwitch now, Reader reader)
    {
        var lines = new List<string>();
        if (was != now)
        {
            lines.Add($"{reader.Say(FlagTexts.Of(was))} → {reader.Say(FlagTexts.Of(now))}");
        }

        if (RuleKeys.Of(before.Rollout) != RuleKeys.Of(after.Rollout))
        {
            lines.Add($"{reader.Say("shares", "доли")}: {FlagTexts.Shares(before.Rollout, reader)} → {FlagTexts.Shares(after.Rollout, reader)}");
        }

        lines.AddRange(Rules(before, after, reader));
        return lines;
    }

    private static string[] Rules(FlagFile before, FlagFile after, Reader reader)
    {
        var (old, young) = (Named(before), Named(after));
        string[] lines =
        [
            .. young.Keys.Where(n => !old.ContainsKey(n)).Select(n => reader.Say($"rule “{n}” added", $"добавлено правило «{n}»")),
            .. old.Keys.Where(n => !young.ContainsKey(n)).Select(n => reader.Say($"rule “{n}” removed", $"убрано правило «{n}»")),
            .. young
                .Where(r => old.TryGetValue(r.Key, out var o) && o != r.Value)
                .Select(r => reader.Say($"rule “{r.Key}” changed", $"изменено правило «{r.Key}»")),
            .. IsReordered(old, young) ? [reader.Say("rules in another order", "другой порядок правил")] : Array.Empty<string>(),
        ];
        return lines.Length <= MostRules
            ? lines
            : [.. lines.Take(MostRules), reader.Say($"and {lines.Length - MostRules} more", $"и ещё {lines.Length - MostRules}")];
    }

    private static OrderedDictionary<string, string> Named(FlagFile flag)
    {
        var named = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (rule, i) in (flag.Rules ?? []).Select((r, i) => (r, i)))
        {
            named[RuleKeys.NameOf(rule, i)] = RuleKeys.Of(flag.Name, rule, i);
        }

        return named;
    }

    private static bool IsReordered(OrderedDictionary<string, string> old, OrderedDictionary<string, string> young) =>
        !old.Keys.Where(young.ContainsKey).SequenceEqual(young.Keys.Where(old.ContainsKey), StringComparer.Ordinal);
}
