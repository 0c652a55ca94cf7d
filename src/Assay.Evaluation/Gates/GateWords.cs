using Assay.Evaluation.Judges.Calibrations;
using Assay.Evaluation.Reports;

namespace Assay.Evaluation.Gates;

/// <summary>Why a gate came to its verdict, as a sentence in the run's language: number, interval, limit, what next.</summary>
internal sealed class GateWords(string language)
{
    // Beyond this a number of cases says only that it is out of reach.
    private const long MostCases = 1_000_000;

    private readonly Figures figures = new(language);

    public string Decided(GateResult result)
    {
        var text = $"{Figure(result)}. {Tail(result)} {Assumption(result)} {Learned(result)}"
            .TrimEnd()
            .Replace("   ", " ", StringComparison.Ordinal)
            .Replace("  ", " ", StringComparison.Ordinal);
        return result.IsWarning
            ? $"{text} {figures.Say("In the warning band", "В зоне предупреждения")} ({Beyond(result)} {figures.Of(result.Gate.Threshold.Warn, result.Unit)})."
            : text;
    }

    /// <summary>What the interval of an error rate without errors rests on, where cases share clusters.</summary>
    private string Assumption(GateResult result) =>
        result is { Gate.Statistic: GateStatistic.ErrorRate, Estimate: 0 } && result.Clusters < result.N
            ? figures.Say("Nothing failed: each case counts as one trial, not each cluster.", "Сбоев нет: испытанием считается каждый пример, а не группа.")
            : "";

    private string Learned(GateResult result) =>
        result.Gate.Learned is { } limit
            ? figures.Say(
                $"The limit was learned from {figures.Count(limit.Runs)} blessed runs.",
                $"Порог выведен из одобренных прогонов, их {figures.Count(limit.Runs)}."
            )
            : "";

    private string Beyond(GateResult result) =>
        result.Gate.Threshold.Side == ThresholdSide.AtLeast ? figures.Say("below", "ниже") : figures.Say("above", "выше");

    /// <summary>A point threshold of a smoke run.</summary>
    public string Point(GateResult result) =>
        $"{Figure(result)}. {figures.Say("Smoke run: the point alone decides, it says nothing about other cases", "Проба: решает само значение, о других примерах оно не говорит")}.";

    public string TooFew(GateResult result, int least, int leastClusters) =>
        $"{Figure(result)}. "
        + (
            result.N < least
                ? figures.Say(
                    $"An interval that may decide needs {figures.Cases(least)} or more: {figures.Cases(least - result.N)} more.",
                    $"Интервал может решать от {figures.Count(least)} примеров: нужно ещё {figures.Cases(least - result.N)}."
                )
                : figures.Say(
                    $"The cases come from {figures.Count(result.Clusters)} clusters, worth {figures.Of(result.EffectiveClusters, "")} of one size; an interval that may decide needs {figures.Count(leastClusters)}.",
                    $"Примеры из {figures.Count(result.Clusters)} групп стоят {figures.Of(result.EffectiveClusters, "")} групп одного размера; интервал может решать от {figures.Count(leastClusters)}."
                )
        );

    public string TooManyMissing(GateResult result, int missing, int expected) =>
        $"{Figure(result)}. "
        + figures.Say(
            $"{figures.Cases(missing)} of {figures.Count(expected)} have no value; more than {figures.Percent(result.Gate.MissingAtMost)} cannot pass. Resume the run or mend what failed.",
            $"Нет значения: {figures.Count(missing)} из {figures.Cases(expected)}; больше {figures.Percent(result.Gate.MissingAtMost)} пройти не может. Продолжить прогон или устранить ошибки."
        );

    public string TooManyUnjudged(GateResult result, int errors, int items) =>
        $"{Figure(result)}. "
        + figures.Say(
            $"The judge gave no judgement of {figures.Count(errors)} of {figures.Count(items)} labelled items; with more than {figures.Percent(CalibrationGate.MaxErrorShare)} it cannot pass. Mend what failed and calibrate it again.",
            $"Без оценки судьи осталось {figures.Count(errors)} из {figures.Count(items)} размеченных пунктов; если их больше {figures.Percent(CalibrationGate.MaxErrorShare)}, пройти нельзя. Устранить ошибки и откалибровать заново."
        );

    public string MeasurementsMissing(GateResult result, int missing, int expected) =>
        $"{Figure(result)}. "
        + figures.Say(
            $"{figures.Count(missing)} of {figures.Count(expected)} measurements are missing; with more than {figures.Percent(result.Gate.MissingAtMost)} it cannot pass. Resume the run or mend what failed.",
            $"Нет измерений: {figures.Count(missing)} из {figures.Count(expected)}; больше {figures.Percent(result.Gate.MissingAtMost)} пройти не может. Продолжить прогон или устранить ошибки."
        );

    public string TooFewRuns(GateResult result, int least) =>
        $"{Figure(result)}. "
        + figures.Say(
            $"A spread may decide from {figures.Count(least)} repeats on: ask with --repeats {figures.Count(least)} or more.",
            $"Разброс может решать от {figures.Count(least)} повторов: запустить с --repeats {figures.Count(least)} или больше."
        );

    public string RunsUndecided(GateResult result, int? more) =>
        $"{Figure(result)}. "
        + (
            result is { FailP: <= LimitTest.Alpha } ? Tail(result)
            : more is { } runs
                ? figures.Say(
                    $"About {figures.Count(runs)} more repeats decide it if it stays so.",
                    $"Решат ещё примерно {figures.Count(runs)} повторов, если так и останется."
                )
            : figures.Say(
                "The repeats lie too far apart, or too near the limit, for any number of them to show that it is kept.",
                "Повторы расходятся слишком сильно или слишком близко к порогу: сколько их ни делай, порог они не подтвердят."
            )
        );

    public string NoBound(GateResult result, string why) => $"{Figure(result)}. {figures.Say("No interval", "Интервала нет")}: {why}.";

    public string Unknown(GateResult result, long unknown) =>
        $"{Figure(result)}. "
        + figures.Say(
            $"{figures.Count(unknown)} more have no known value, so the sum may be greater.",
            $"Ещё у {figures.Count(unknown)} значение неизвестно: сумма может быть больше."
        );

    public string Absent(GateFigure.Absent figure) =>
        figure.Lack switch
        {
            GateLack.NoValues => figures.Say("No case has a value", "Ни у одного примера нет значения")
                + (figure.Detail.Length > 0 ? figures.Say(", the first: ", ", у первого: ") + figure.Detail : "."),
            GateLack.NoRepeats => figures.Say(
                "Each case was asked once: how far runs lie apart nobody measured. Ask with --repeats 3 or more.",
                "Каждый пример задан один раз: насколько расходятся прогоны, не измерено. Запустить с --repeats 3 или больше."
            ),
            GateLack.NoBaseline => figures.Say(
                "There is no baseline to compare with. Bless a run: `assay eval bless RUN`.",
                "Не с чем сравнить: базового прогона нет. Назначить его: `assay eval bless RUN`."
            ),
            GateLack.OtherDataset => figures.Say(
                $"The baseline ran on other cases ({figure.Detail}). Run the baseline on this dataset and bless it.",
                $"Базовый прогон сделан на других примерах ({figure.Detail}). Прогнать его на этих и назначить заново."
            ),
            GateLack.OtherFingerprint => figures.Say(
                $"The baseline was measured by another judge or metric ({figure.Detail}): its values do not compare. Bless a run that this one measured.",
                $"Базовый прогон измерен другим судьёй или метрикой ({figure.Detail}): значения несравнимы. Назначить прогон с нынешней."
            ),
            GateLack.OtherKindOfRun => figures.Say(
                $"One of this run and the baseline {figure.Detail} is a dry run: offline answers do not compare with live ones.",
                $"Один из прогонов, этот или базовый {figure.Detail}, пробный: ответы без модели несравнимы с настоящими."
            ),
            GateLack.NoBaselineMetric => figures.Say(
                $"The baseline {figure.Detail} does not have this metric.",
                $"В базовом прогоне {figure.Detail} этой метрики нет."
            ),
            GateLack.OtherCalibration => figures.Say(
                $"The judge has changed since it was calibrated (now {figure.Detail}). Calibrate it again: `assay eval calibrate`.",
                $"Судья изменился после калибровки (сейчас {figure.Detail}). Откалибровать заново: `assay eval calibrate`."
            ),
            _ => figures.Say(
                $"The judge {figure.Detail} was never calibrated. Measure it against people: `assay eval calibrate`.",
                $"Судья {figure.Detail} не откалиброван. Сверить его с людьми: `assay eval calibrate`."
            ),
        };

    /// <summary>The limit as it is written beside a figure: <c>≥ 0.700</c>.</summary>
    public string Limit(Gate gate, string unit) => (gate.Threshold.Side == ThresholdSide.AtLeast ? "≥ " : "≤ ") + figures.Of(gate.Threshold.Value, unit);

    private string Figure(GateResult result)
    {
        var interval = result.Interval is { } ends ? ", " + figures.Interval(ends.Low, ends.High, result.Unit) : "";
        var n = result.Gate.Statistic switch
        {
            GateStatistic.Total => "",
            GateStatistic.RunDeviation => ", " + figures.Say($"{figures.Count(result.N)} repeats", $"повторов: {figures.Count(result.N)}"),
            _ => ", " + figures.Cases(result.N),
        };
        return $"{figures.Of(result.Estimate, result.Unit)}{interval}, {figures.Say("limit", "порог")} {Limit(result.Gate, result.Unit)}{n}";
    }

    private string Tail(GateResult result) =>
        result.Verdict switch
        {
            Verdict.Fail when result.Interval is not null => figures.Say("The whole interval misses the limit.", "Весь интервал за порогом."),
            Verdict.Inconclusive when result is { FailP: <= LimitTest.Alpha, FailPCorrected: > LimitTest.Alpha } => figures.Say(
                $"Alone it would fail; among so many gates chance does this too often (corrected p {result.FailPCorrected:0.000}).",
                $"Сам по себе порог не пройден, но среди стольких порогов так бывает и случайно (поправленное p {figures.Of(result.FailPCorrected, "")})."
            ),
            Verdict.Inconclusive => $"{Needed(result)} {Seen(result)}",
            _ => "",
        };

    private string Needed(GateResult result) =>
        result.NeededCases switch
        {
            null => figures.Say(
                "The figure is too near the limit to say how many cases decide it.",
                "Значение слишком близко к порогу: сказать, сколько примеров решат, нельзя."
            ),
            > MostCases => figures.Say("More than a million cases would be needed.", "Понадобилось бы больше миллиона примеров."),
            { } more => figures.Say(
                more == 1 ? "About 1 more case decides it if it stays so." : $"About {figures.Count(more)} more cases decide it if it stays so.",
                $"Решат ещё примерно {figures.Cases(more)}, если так и останется."
            ),
        };

    private string Seen(GateResult result) =>
        result.Detectable is { } effect
            ? figures.Say(
                $"These {figures.Count(result.N)} show a distance of {figures.Of(effect, result.Unit)} from the limit in 80 % of runs.",
                $"Нынешние {figures.Cases(result.N)} в 80 % прогонов показывают отличие от порога на {figures.Of(effect, result.Unit)}."
            )
            : "";
}
