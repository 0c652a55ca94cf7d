using System.Globalization;
using System.Text.Json;
using Assay.Cli.Showing;
using Assay.Experimentation.Flags;

namespace Assay.Cli.Flagging;

/// <summary>Why a unit gets its variant, for a terminal of 80 columns.</summary>
internal static class ExplanationView
{
    public static IEnumerable<string> Lines(FlagExplanation explained) =>
        new[] { Answer(explained) }
            .Concat(Switches(explained))
            .Concat(explained.Requires.Select(Requirement))
            .Concat(explained.Rules.SelectMany(r => Rule(r, r.Name == explained.Evaluation.Rule)))
            .Concat(explained.Rollout is { } draw ? ["shares of everybody else: " + Draw(draw)] : (string[])[])
            .SelectMany(Wrapped);

    private static IEnumerable<string> Wrapped(string line)
    {
        var indent = line.Length - line.TrimStart(' ').Length;
        return WrappedText.Within(line.TrimStart(' '), 80 - indent).Select(part => new string(' ', indent) + part);
    }

    private static string Answer(FlagExplanation explained)
    {
        var evaluation = explained.Evaluation;
        return evaluation.Error != EvaluationError.None
            ? $"{explained.Flag} cannot be decided: {Words(evaluation.Error)}. The caller's fallback counts."
            : $"{explained.Flag} = {JsonSerializer.Serialize(evaluation.Value?.Json)} (variant {evaluation.Variant}), {Words(evaluation.Reason)}"
                + (evaluation.Rule is { } rule ? $", by rule '{rule}'" : "")
                + string.Create(CultureInfo.InvariantCulture, $", version {evaluation.Version}");
    }

    private static IEnumerable<string> Switches(FlagExplanation explained) =>
        explained.Killed ? [$"the kill switch is on: {explained.Override?.Reason}"]
        : explained.Enabled ? []
        : ["it is switched off"];

    private static string Requirement(PrerequisiteExplanation required) =>
        $"{Mark(required.IsMet)} requires {required.Flag} to be '{required.Wanted}'; it is '{required.Has ?? "nothing"}'";

    private static IEnumerable<string> Rule(RuleExplanation rule, bool decided) =>
        new[] { $"{Mark(rule.Holds)} rule '{rule.Name}'{(decided ? ", which decides" : "")}" }
            .Concat(rule.Conditions.Select(c => $"    {Mark(c.Holds)} {c.Attribute} {c.Operator} {string.Join(", ", c.Values)}: it is {Actual(c)}"))
            .Concat(rule.Draw is { } draw ? ["    its shares: " + Draw(draw)] : (string[])[]);

    private static string Actual(ConditionExplanation condition) => condition.Actual is { } actual ? $"'{actual}'" : "not there";

    private static string Draw(DrawExplanation draw) =>
        $"{FlagWords.Shares(draw.Shares)}; "
        + (draw.Percent is { } at ? string.Create(CultureInfo.InvariantCulture, $"the unit stands at {at:0.####} %") : "the unit has no key")
        + (draw.Variant is { } variant ? $", which is '{variant}'" : ", which is none");

    private static string Mark(bool holds) => holds ? "+" : "-";

    private static string Words(EvaluationReason reason) =>
        reason switch
        {
            EvaluationReason.Static => "the same for all",
            EvaluationReason.TargetingMatch => "by its rules",
            EvaluationReason.Split => "by its shares",
            EvaluationReason.Disabled => "because it is switched off",
            _ => "for no reason that is known",
        };

    private static string Words(EvaluationError error) =>
        error switch
        {
            EvaluationError.FlagNotFound => "there is no such flag",
            EvaluationError.TargetingKeyMissing => "the unit has no key",
            _ => "its value has another type",
        };
}
