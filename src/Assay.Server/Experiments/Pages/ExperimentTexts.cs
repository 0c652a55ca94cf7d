using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>What the pages say of experiments.</summary>
internal static class ExperimentTexts
{
    /// <summary>Units beside their number.</summary>
    public static readonly Noun Units = new("unit", "units", "единица", "единицы", "единиц");

    /// <summary>Experiments beside their number.</summary>
    public static readonly Noun Experiments = new("experiment", "experiments", "эксперимент", "эксперимента", "экспериментов");

    /// <summary>Looks beside their number.</summary>
    public static readonly Noun Looks = new("look", "looks", "просмотр", "просмотра", "просмотров");

    /// <summary>The address of an experiment's page.</summary>
    public static string Address(string experiment, string below = "") => "/experiments/" + Uri.EscapeDataString(experiment) + below;

    /// <summary>Whether nobody is behind its units: what fills a sample says so in its name or its hypothesis.</summary>
    public static bool IsGenerated(ExperimentFile definition) =>
        definition.Name.StartsWith("sample_", StringComparison.Ordinal)
        || definition.Hypothesis.Contains("generated", StringComparison.OrdinalIgnoreCase)
        || definition.Hypothesis.Contains("сгенерирован", StringComparison.OrdinalIgnoreCase);

    /// <summary>The decision in a word.</summary>
    public static Phrase Of(DecidedAction action) =>
        action switch
        {
            DecidedAction.Ship => new("Ship", "Выпускать"),
            DecidedAction.RollBack => new("Roll back", "Откатить"),
            DecidedAction.Review => new("Review", "Разобраться"),
            _ => new("Continue", "Продолжать"),
        };

    /// <summary>What a metric is for.</summary>
    public static Phrase Of(MetricRole role) =>
        role switch
        {
            MetricRole.Goal => new("Goal", "Цель"),
            MetricRole.Guardrail => new("Guardrail", "Ограничение"),
            _ => new("Info", "Для сведения"),
        };

    /// <summary>What a comparison came to.</summary>
    public static Phrase Of(Finding finding) =>
        finding switch
        {
            Finding.Better => new("Better", "Лучше"),
            Finding.Worse => new("Worse", "Хуже"),
            Finding.Small => new("Too small to matter", "Слишком мало"),
            Finding.Held => new("Holds", "Выдержано"),
            Finding.Broken => new("Broken", "Нарушено"),
            Finding.Open => new("Open", "Не решено"),
            _ => new("No figure", "Нет данных"),
        };

    /// <summary>The icon of a comparison.</summary>
    public static Verdict VerdictOf(Finding finding) =>
        finding switch
        {
            Finding.Better or Finding.Held => Verdict.Pass,
            Finding.Worse or Finding.Broken => Verdict.Fail,
            Finding.None => Verdict.NoData,
            _ => Verdict.Inconclusive,
        };

    /// <summary>What follows from the decision, in one line.</summary>
    public static string Headline(ExperimentReport report, Reader reader)
    {
        var variant = report.Decision.Variant ?? "";
        return report.Decision.Cause switch
        {
            DecisionCause.NoUnits => reader.Say("Nobody takes part yet", "Пока никто не участвует"),
            DecisionCause.Unhealthy => reader.Say("The data cannot be trusted: no winner is named", "Данным нельзя верить: победителя нет"),
            DecisionCause.TooFewUnits => reader.Say("Too few units to decide anything", "Для решения слишком мало единиц"),
            DecisionCause.BeforePlannedSize => reader.Say("It decides at its planned size", "Решение — при запланированном размере"),
            DecisionCause.DecidedBefore => reader.Say("Decided once, at the planned size", "Решено один раз, при запланированном размере"),
            DecisionCause.GuardrailBroken => reader.Say($"{variant} breaks a guardrail", $"{variant} нарушает ограничение"),
            DecisionCause.GoalWorse => reader.Say($"{variant} is worse", $"{variant} хуже"),
            DecisionCause.GoalsDisagree => reader.Say($"{variant} is better at one goal and worse at another", $"{variant} лучше в одной цели и хуже в другой"),
            DecisionCause.GoalBetter => reader.Say($"{variant} is better, and no guardrail is at risk", $"{variant} лучше, ограничения выдержаны"),
            DecisionCause.GuardrailOpen => reader.Say($"{variant} is better; a guardrail is still open", $"{variant} лучше; ограничение ещё не решено"),
            DecisionCause.GoalsOpen => reader.Say("No goal is proven yet", "Ни одна цель ещё не доказана"),
            DecisionCause.NothingFound => reader.Say("The planned size is reached, and nothing is proven", "Запланированный размер набран, ничего не доказано"),
            DecisionCause.EffectTooSmall => reader.Say("The effect is smaller than worth finding", "Эффект меньше того, что стоит искать"),
            DecisionCause.NoGoal => reader.Say("There is no goal to decide by", "Нет цели, по которой решать"),
            _ => reader.Say("A figure is missing", "Не хватает данных"),
        };
    }

    /// <summary>What comes next, in half a sentence.</summary>
    public static string NextStep(ExperimentFile definition, ExperimentReport report, Reader reader) =>
        report.Decision.Action switch
        {
            DecidedAction.Ship => reader.Say($"Give {report.Decision.Variant} to all", $"Отдать всем {report.Decision.Variant}"),
            DecidedAction.RollBack => reader.Say($"Take {report.Decision.Variant ?? "the treatments"} back", $"Убрать {report.Decision.Variant ?? "варианты"}"),
            DecidedAction.Review => reader.Say("A person must look", "Нужен взгляд человека"),
            _ when !definition.Running => reader.Say("Stopped: no more units come", "Остановлен: новых единиц не будет"),
            _ => report.Needs.Count > 0
                ? Alone(report.Needs.OrderBy(n => n.UnitsPerArm ?? long.MaxValue).Last(), reader)
                : reader.Say("Wait for units", "Ждать единиц"),
        };

    /// <summary>What is still needed, in a sentence.</summary>
    public static string Need(Need need, Reader reader)
    {
        var f = reader.Figures;
        var what = need.Metric.Length == 0 ? "" : $"{need.Variant}, {need.Metric}: ";
        if (need.UnitsPerArm is not { } units)
        {
            return what + reader.Say("no number of units that can be planned decides it", "никакое разумное число единиц этого не решит");
        }

        var days = need.Days is { } d and < 36_500 ? reader.Say($", about {Days(d, f)}", $", примерно {Days(d, f)}") : "";
        return what + reader.Say($"{f.Count(units, Units)} more in the smallest arm{days}", $"ещё {f.Count(units, Units)} в меньшей группе{days}");
    }

    // A sentence of its own; names of arms and metrics stay as they are.
    private static string Alone(Need need, Reader reader)
    {
        var text = Need(need, reader);
        return need.Metric.Length > 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    // Nobody knows it to the hour days ahead.
    private static string Days(double days, Figures f) => f.Long(TimeSpan.FromDays(days >= 2 ? Math.Ceiling(days) : days));

    /// <summary>A share as a percentage with the digits that it has: 5 %.</summary>
    public static string Plain(double share, Figures f) => Assay.Server.Flags.Pages.FlagTexts.Percent((decimal)share * 100, f);

    /// <summary>How it is decided, in a sentence.</summary>
    public static string Method(MethodReport method, Reader reader)
    {
        var f = reader.Figures;
        return method.IsSequential
            ? reader.Say(
                $"always valid: look as often as wanted, {Plain(method.Alpha, f)} false alarms in all",
                $"верно при любом числе просмотров, ложных тревог всего {Plain(method.Alpha, f)}"
            )
            : reader.Say(
                $"once, at {f.Count(method.UnitsPerArm ?? 0)} units in each arm, {Plain(method.Alpha, f)} false alarms",
                $"один раз, при {f.Count(method.UnitsPerArm ?? 0)} единиц в группе, ложных тревог {Plain(method.Alpha, f)}"
            );
    }
}
