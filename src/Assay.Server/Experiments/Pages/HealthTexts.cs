using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Health;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>Health checks in both languages.</summary>
internal static class HealthTexts
{
    private static readonly Noun Outcomes = new("outcome", "outcomes", "значение", "значения", "значений");

    /// <summary>What was looked for.</summary>
    public static Phrase Name(HealthFault fault) =>
        fault switch
        {
            HealthFault.Deleted => new("Events deleted", "Удалённые события"),
            HealthFault.SampleRatio => new("Sample ratio", "Доли групп"),
            HealthFault.SeveralArms => new("Seen in several arms", "В нескольких группах"),
            HealthFault.UnknownArm => new("Unknown arm", "Неизвестный вариант"),
            HealthFault.SampleSize => new("Sample size", "Размер групп"),
            HealthFault.Imbalance => new("Before exposure", "До начала"),
            HealthFault.NotFinite => new("Not a number", "Не числа"),
            HealthFault.MissingOutcomes => new("Missing outcomes", "Нет значений"),
            HealthFault.NoVariance => new("No variance", "Нет разброса"),
            HealthFault.WithoutExposure => new("Without exposure", "Без участия"),
            HealthFault.TooLate => new("Too late", "Слишком поздно"),
            _ => new("Short time", "Короткий срок"),
        };

    /// <summary>What was found, in a word.</summary>
    public static Phrase Word(HealthState state) =>
        state switch
        {
            HealthState.Fine => new("Fine", "В порядке"),
            HealthState.Note => new("Note", "К сведению"),
            _ => new("Fault", "Сбой"),
        };

    /// <summary>The icon of what was found.</summary>
    public static Verdict VerdictOf(HealthState state) =>
        state switch
        {
            HealthState.Fine => Verdict.Pass,
            HealthState.Note => Verdict.Inconclusive,
            _ => Verdict.Fail,
        };

    /// <summary>What was found, in words, with what to do.</summary>
    public static string Of(HealthCheck check, ExperimentReport report, Reader reader) =>
        reader.Language == Language.Ru ? InRussian(check, report, reader.Figures) : check.Text;

    private static string InRussian(HealthCheck check, ExperimentReport report, Figures f)
    {
        var n = (long)Math.Round(check.Value ?? 0);
        var p = check.P is { } known ? $" ({MetricWords.P(known, f)})" : "";
        return check.Fault switch
        {
            HealthFault.Deleted => Deleted(check.State, report, f),
            HealthFault.SampleRatio when check.P is null => "Единиц ещё нет.",
            HealthFault.SampleRatio when check.State == HealthState.Fault =>
                $"Группы не держат своих долей: {Counts(report, f)}{p}. Единицы одной из групп теряются; пока причина не найдена, цифрам верить нельзя.",
            HealthFault.SampleRatio => $"Группы держат свои доли: {Counts(report, f)}{p}.",
            HealthFault.SeveralArms when check.Value is 0 => "Ни одна единица не попала в несколько групп.",
            HealthFault.SeveralArms => $"{f.Percent(check.Value)} единиц видели несколько вариантов и исключены.",
            HealthFault.UnknownArm => $"{f.Count(n, ExperimentTexts.Units)}: вариант, которого нет в определении. При смене вариантов поднять version.",
            HealthFault.SampleSize => $"В меньшей группе {f.Count(n, ExperimentTexts.Units)}{Planned(report, f)}.",
            HealthFault.Imbalance => $"Группы отличались по {check.Metric} ещё до начала{p}: жребий или участие не случайны.",
            HealthFault.NotFinite => $"{f.Count(n, Outcomes)} {check.Metric} — не числа и ни в одну цифру не входят.",
            HealthFault.MissingOutcomes when check.P is null => $"Значений {check.Metric} нет: проверить, что сервис их записывает, в том числе 0.",
            HealthFault.MissingOutcomes => $"Значения {check.Metric} есть не у всех групп одинаково{p}: проверить, что сервис их записывает, в том числе 0.",
            HealthFault.NoVariance => $"Все значения {check.Metric} одинаковы: без разброса разницу не оценить.",
            HealthFault.WithoutExposure => $"{f.Count(n, Outcomes)} пришли от единиц, которые не участвуют.",
            HealthFault.TooLate => $"{f.Count(n, Outcomes)} пришли после окна учёта и никуда не входят.",
            _ => "Первая единица пришла меньше недели назад: дни недели и первое удивление ещё не усреднены.",
        };
    }

    private static string Deleted(HealthState state, ExperimentReport report, Figures f)
    {
        var kept = f.Moment(report.KeptFrom!.Value);
        const string Fix = "Начать заново с новой version и хранить события дольше, чем идёт эксперимент.";
        return state == HealthState.Fine ? $"События хранятся с {kept}{(report.Began is { } first ? $"; эксперимент начался {f.Moment(first)}" : "")}."
            : report.At <= report.KeptFrom ? $"События до {kept} удалены: как было {f.Moment(report.At)}, уже не узнать. {Fix}"
            : report.Began < report.KeptFrom
                ? $"Эксперимент начался {f.Moment(report.Began!.Value)}, а события до {kept} удалены: единиц его начала нет, или они посчитаны с более позднего участия. {Fix}"
            : $"События до {kept} удалены, и первая оставшаяся единица пришла сразу после этого{(report.First is { } left ? $", {f.Moment(left)}" : "")}: скорее всего, единицы были и раньше. {Fix}";
    }

    private static string Counts(ExperimentReport report, Figures f) =>
        string.Join(", ", report.Arms.Where(a => a.Weight > 0).Select(a => $"{a.Variant} {f.Count(a.Units)}"));

    private static string Planned(ExperimentReport report, Figures f) =>
        report.Method.UnitsPerArm is { } planned
            ? $", запланировано {f.Count(planned)}"
            : $"; меньше {f.Count(report.Method.LeastUnitsPerArm)} ничего не решается";
}
