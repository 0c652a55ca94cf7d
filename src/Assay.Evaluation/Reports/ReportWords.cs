using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Reports;

/// <summary>What several reports say alike, in the run's language.</summary>
internal sealed class ReportWords(string language)
{
    private readonly Figures figures = new(language);
    private readonly GateWords gates = new(language);

    public string Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => figures.Say("Pass", "Пройдено"),
            Verdict.Fail => figures.Say("Fail", "Не пройдено"),
            Verdict.Inconclusive => figures.Say("Inconclusive", "Не решено"),
            _ => figures.Say("No data", "Нет данных"),
        };

    public string Limit(GateResult gate) => gates.Limit(gate.Gate, gate.Unit);

    /// <summary>What a reader must know before believing a number.</summary>
    public IEnumerable<string> Notes(RunVerdict verdict)
    {
        var (run, content) = (verdict.Run, verdict.Run.Plan.Content);
        if (content.IsDryRun)
        {
            yield return figures.Say(
                "Dry run: offline models stood in for the live ones. It shows that the benchmark works, not how good the answers are.",
                "Пробный прогон: вместо моделей отвечали офлайн-заменители. Он показывает, что бенчмарк работает, а не качество ответов."
            );
        }

        if (content.IsSmoke)
        {
            yield return figures.Say(
                "Smoke mode: points decide, without intervals. A release gate does not accept it.",
                "Режим smoke: решают точки, без интервалов. Для выпуска это не доказательство."
            );
        }

        if (Offline(run.Target.Models.Concat(run.Target.JudgeModels)) is { Length: > 0 } offline && !content.IsDryRun)
        {
            yield return figures.Say($"Offline models took part: {offline}.", $"Участвовали офлайн-модели: {offline}.");
        }

        if (!run.IsFinished)
        {
            yield return figures.Say(
                $"The run is not finished: {figures.Count(run.Done)} of {figures.Cases(content.Asked)} are done. `assay eval resume {run.Plan.Run}` does the rest.",
                $"Прогон не закончен: готово {figures.Count(run.Done)} из {figures.Cases(content.Asked)}. Остальное: `assay eval resume {run.Plan.Run}`."
            );
        }
    }

    /// <summary>One line of facts: dataset, target, models, faults, cost.</summary>
    public string Facts(RunVerdict verdict)
    {
        var (run, content) = (verdict.Run, verdict.Run.Plan.Content);
        var repeats = content.Repeats > 1 ? $" × {content.Repeats}" : "";
        var models = run.Target.Models.Concat(run.Target.JudgeModels).Distinct(StringComparer.Ordinal).ToList();
        var unpriced = run.Use.Target.Unpriced + run.Use.Judges.Unpriced;
        var calls = run.Use.Target.Calls + run.Use.Judges.Calls;
        var cost = (run.Use.Target.Cost + run.Use.Judges.Cost).Dollars;
        var priced =
            unpriced == 0 ? figures.Of((double)cost, "usd")
            : unpriced == calls ? figures.Say("cost unknown", "цена неизвестна")
            : figures.Say(
                $"{figures.Of((double)cost, "usd")} and {figures.Count(unpriced)} calls at an unknown price",
                $"{figures.Of((double)cost, "usd")} и {figures.Count(unpriced)} вызовов по неизвестной цене"
            );
        return string.Join(
            " · ",
            new[]
            {
                $"{content.Dataset.Name} {content.Dataset.Hash[..Math.Min(12, content.Dataset.Hash.Length)]}, {figures.Cases(content.Dataset.Cases)}{repeats}",
                content.Target,
                models.Count > 0 ? string.Join(", ", models) : null,
                figures.Say($"{figures.Count(run.Target.FaultCount)} faults of the target", $"сбоев цели: {figures.Count(run.Target.FaultCount)}"),
                priced,
            }.OfType<string>()
        );
    }

    /// <summary>The answer, or why there is none.</summary>
    public string AnswerOf(CaseOutcome outcome) =>
        outcome.Answer?.Text ?? $"{figures.Say("no answer", "нет ответа")} ({outcome.TargetFault?.Fault}): {outcome.TargetFault?.Problem}";

    /// <summary><c>judge 0.250, rouge_l 0.310</c>.</summary>
    public string Scores(CaseOutcome outcome, RunVerdict verdict) =>
        string.Join(", ", outcome.Measurements.Select((m, i) => Score(verdict.Run.Plan.Content.Metrics[i], m)));

    private string Score(PlannedMetric metric, Measurement measured) =>
        $"{metric.Name} "
        + measured switch
        {
            Measurement.Value value => figures.Of(value.Score, metric.Scale.Unit),
            Measurement.Error => figures.Say("error", "ошибка"),
            _ => "–",
        };

    private static string Offline(IEnumerable<string> models) =>
        string.Join(", ", models.Where(m => m.StartsWith("offline/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal));
}
