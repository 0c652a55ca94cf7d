using Assay.Catalogs;

namespace Assay.Experimentation.Flags;

/// <summary>
/// Shares that change nothing: of a variant that whoever is in no share gets anyway. <c>default: on</c> with <c>rollout: { on: 5 }</c> gives <c>on</c> to all
/// while whoever wrote it believes 5 %, so it is refused wherever somebody writes shares. In a
/// snapshot, where nobody can tell any more what came from an override, it is not.
/// </summary>
internal static class IdleShares
{
    /// <exception cref="AssayException">A share changes nothing (exit code 2); the message names flag, place and what to write instead.</exception>
    public static void Refuse(FlagParts parts, FaultOwner owner)
    {
        var definition = parts.Definition;
        if (definition.Rollout is not null)
        {
            Refuse(definition, definition.Rollout, definition.Default, parts.Variants, owner);
        }

        // Shares of the flag that were taken back, as a rollback does, are no fault of the rules that its file has.
        if (parts.Override is not { Rollout: not null, Rules: null })
        {
            RefuseInRules(parts, owner);
        }
    }

    private static void RefuseInRules(FlagParts parts, FaultOwner owner)
    {
        var (file, shares) = (parts.Definition, parts.Definition.Rollout);
        // What everybody gets whom nothing before has decided; null when that is not one variant.
        var rest = After(parts.Rollout is { IsForEverybody: true }, shares is null ? [] : shares.Keys, file.Default);
        for (var i = parts.Rules.Length - 1; i >= 0; i--)
        {
            var (rule, entry) = (parts.Rules[i], file.Rules![i]);
            if (entry.Rollout is not null)
            {
                Refuse(entry, entry.Rollout, rest, parts.Variants, owner with { Rule = rule.Name });
            }

            rest = After(rule.IsForEverybody, entry.Rollout is null ? [entry.Serve!] : entry.Rollout.Keys, rest);
        }
    }

    private static void Refuse(CatalogEntry place, Dictionary<string, decimal> shares, string? rest, Variant[] variants, FaultOwner owner)
    {
        // A share of 0 beside another's says what is so; alone it says that nobody has what everybody gets.
        if (rest is null || !shares.TryGetValue(rest, out var own) || (own == 0 && shares.Count > 1) || shares.Values.Sum() == 100)
        {
            return;
        }

        var others = 100 - shares.Where(s => s.Key != rest).Sum(s => s.Value);
        throw Fault.At(
            place,
            owner,
            $"its share of {own:0.####} % of '{rest}' changes nothing: whoever has no share gets '{rest}' too, so {others:0.####} % have it.",
            Fix(owner, own, rest, [.. variants.Select(v => v.Name).Where(n => n != rest)])
        );
    }

    private static string Fix(FaultOwner owner, decimal own, string rest, IReadOnlyList<string> others)
    {
        if (others is not [var other])
        {
            return $"Give shares to the other variants ({string.Join(", ", others)}) and leave '{rest}' out: it gets what is left.";
        }

        var command = owner.Rule is null ? $" (`assay flag set {owner.Name} --rollout {other}={100 - own:0.####}`)" : "";
        return $"To leave '{rest}' to {own:0.####} %, write rollout: {{ {other}: {100 - own:0.####} }}{command}, or make '{other}' the default in its file.";
    }

    // A variant that is named may be given at any time, even one that has 0 % now.
    private static string? After(bool isForEverybody, IEnumerable<string> named, string? rest)
    {
        var several = !isForEverybody && rest is null;
        var only = isForEverybody ? null : rest;
        foreach (var variant in named)
        {
            several |= only is not null && only != variant;
            only = variant;
        }

        return several ? null : only;
    }
}
