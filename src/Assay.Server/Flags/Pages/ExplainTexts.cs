using Assay.Experimentation.Flags;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Flags.Pages;

/// <summary>Why a unit gets its variant, in words.</summary>
internal static class ExplainTexts
{
    /// <summary>What decided, in half a sentence.</summary>
    public static string Why(FlagExplanation why, Reader reader)
    {
        if (why.Killed || !why.Enabled)
        {
            return why.Killed ? reader.Say("the kill switch", "аварийный выключатель") : reader.Say("the flag is off", "флаг выключен");
        }

        if (why.Requires.FirstOrDefault(r => !r.IsMet) is { } unmet)
        {
            return reader.Say($"{unmet.Flag} is {unmet.Has ?? "–"}, not {unmet.Wanted}", $"{unmet.Flag}: {unmet.Has ?? "–"}, а не {unmet.Wanted}");
        }

        if (why.Evaluation.Error == EvaluationError.TargetingKeyMissing)
        {
            return reader.Say("the unit has no key to draw by", "у единицы нет ключа для жребия");
        }

        return why.Rules.FirstOrDefault(r => r.Name == why.Evaluation.Rule) is { } rule ? OfRule(rule, reader) : OfRest(why, reader);
    }

    /// <summary>A draw: 31.402 % falls into on (0 to 40 %).</summary>
    public static string Of(DrawExplanation draw, Reader reader)
    {
        if (draw.Percent is not { } at)
        {
            return reader.Say("no key to draw by", "нет ключа для жребия");
        }

        var drawn = FlagTexts.Percent(at, reader.Figures);
        var shares = FlagTexts.Shares(draw.Shares, reader);
        return draw.Variant is { } variant
            ? reader.Say($"draw {drawn}: {variant} ({shares})", $"жребий {drawn}: {variant} ({shares})")
            : reader.Say($"draw {drawn}: in no share ({shares})", $"жребий {drawn}: ни в одной доле ({shares})");
    }

    /// <summary>A condition with the unit's value: group is “staff”.</summary>
    public static string Actual(ConditionExplanation condition, Reader reader) =>
        condition.Actual is { } actual ? reader.Say($"it is “{Short(actual)}”", $"здесь «{Short(actual)}»") : reader.Say("it has none", "значения нет");

    private static string OfRule(RuleExplanation rule, Reader reader)
    {
        var met = rule.Conditions.Count > 0 ? rule.Conditions[0] : null;
        var name = reader.Say($"rule “{rule.Name}”", $"правило «{rule.Name}»");
        return rule.Draw is { } draw ? $"{name}: {Of(draw, reader)}"
            : met is { Actual: { } actual } ? $"{name}: {reader.Say(ConditionTexts.Attribute(met.Attribute))} = {Short(actual)}"
            : name;
    }

    private static string OfRest(FlagExplanation why, Reader reader) =>
        why.Rollout is { } draw ? Of(draw, reader) : reader.Say("no rule decides: default", "ни одно правило не решает: по умолчанию");

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
