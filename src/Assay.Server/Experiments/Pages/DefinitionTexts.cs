using Assay.Experimentation.Experiments;
using Assay.Server.Flags.Pages;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>An experiment's definition in words.</summary>
internal static class DefinitionTexts
{
    private const int MostValues = 20;

    public static IEnumerable<(string Name, string Text)> Of(ExperimentFile file, Reader reader)
    {
        var f = reader.Figures;
        yield return (reader.Say("Hypothesis", "Гипотеза"), Or(file.Hypothesis));
        yield return (reader.Say("Owner", "Владелец"), Or(file.Owner));
        yield return (reader.Say("Version", "Версия"), f.Count(file.Version));
        yield return (reader.Say("File", "Файл"), file.Place.ToString()!);
        yield return (reader.Say("Takes part", "Участвуют"), FlagTexts.Percent(file.Traffic, f) + Part(file, reader));
        if (file.Audience is { Count: > 0 } audience)
        {
            yield return (reader.Say("Audience", "Кто"), string.Join(reader.Say(" and ", " и "), audience.Select(c => Condition(c, reader))));
        }

        yield return (reader.Say("Arms", "Группы"), string.Join(", ", file.Variants.Select(v => $"{v.Name} {FlagTexts.Percent(v.Weight, f)}")));
        yield return (reader.Say("Control", "Контроль"), file.Control);
        yield return (reader.Say("Outcomes count for", "Значения учитываются"), f.Long(TimeSpan.FromHours(file.AttributionHours)) + Covariate(file, reader));
        yield return (reader.Say("The hub looks", "Хаб смотрит сам"), Looks(file, reader));
        foreach (var metric in file.Metrics)
        {
            yield return ($"{metric.Name} {metric.Kind}", Metric(metric, reader));
        }

        yield return (reader.Say("Salt", "Соль"), file.Salt ?? file.Name);
    }

    /// <summary>The part of its layer: 0–50 %.</summary>
    internal static string Slots(ExperimentFile file, Figures f) =>
        file.Slots is [var from, var to] ? $"{FlagTexts.Percent(from, f)}–{FlagTexts.Percent(to, f)}" : Figures.None;

    private static string Looks(ExperimentFile file, Reader reader) =>
        LookInterval.Of(file) is { } every
            ? reader.Say($"every {reader.Figures.Long(every)} while it runs", $"раз в {reader.Figures.Long(every)}, пока он идёт")
            : reader.Say("never", "никогда");

    private static string Part(ExperimentFile file, Reader reader) =>
        file is { Layer: { } layer, Slots: [var from, var to] }
            ? reader.Say(
                $" of slots {FlagTexts.Percent(from, reader.Figures)} to {FlagTexts.Percent(to, reader.Figures)} of layer {layer}",
                $" из слотов {FlagTexts.Percent(from, reader.Figures)}–{FlagTexts.Percent(to, reader.Figures)} слоя {layer}"
            )
            : "";

    private static string Condition(Assay.Experimentation.Flags.ConditionEntry condition, Reader reader) =>
        $"{reader.Say(ConditionTexts.Attribute(condition.Attribute))} {reader.Say(ConditionTexts.Of(condition.Operator))} {string.Join(", ", (condition.Values ?? []).Take(MostValues))}";

    private static string Covariate(ExperimentFile file, Reader reader) =>
        file.PreExposureHours > 0
            ? reader.Say(
                $"; the {reader.Figures.Long(TimeSpan.FromHours(file.PreExposureHours))} before are the covariate",
                $"; ковариата — {reader.Figures.Long(TimeSpan.FromHours(file.PreExposureHours))} до начала"
            )
            : "";

    private static string Metric(MetricEntry metric, Reader reader)
    {
        var f = reader.Figures;
        var role = metric.Role switch
        {
            "goal" => reader.Say("goal", "цель"),
            "guardrail" => reader.Say("guardrail", "ограничение"),
            _ => reader.Say("info", "для сведения"),
        };
        var better = metric.Better == "lower" ? reader.Say("lower is better", "меньше — лучше") : reader.Say("higher is better", "больше — лучше");
        var unit = metric.Unit.Length > 0 ? Figures.Space + metric.Unit : "";
        var margin =
            metric.Margin is { } m ? reader.Say($", margin {f.Number(m)}{unit}", $", допуск {f.Number(m)}{unit}")
            : metric.RelativeMargin is { } r ? reader.Say($", margin {ExperimentTexts.Plain(r, f)}", $", допуск {ExperimentTexts.Plain(r, f)}")
            : "";
        var least = metric.MinimalEffect is { } e ? reader.Say($", worth finding from {f.Number(e)}{unit}", $", важен эффект от {f.Number(e)}{unit}") : "";
        return $"{role}, {better}{margin}{least}";
    }

    private static string Or(string text) => text.Length > 0 ? text : Figures.None;
}
