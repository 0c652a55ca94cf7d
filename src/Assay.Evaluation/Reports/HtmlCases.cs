using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Reports;

namespace Assay.Evaluation.Reports;

/// <summary>The worst cases, each folded: input, reference, answers, what each metric said and why.</summary>
internal sealed class HtmlCases(RunVerdict verdict, Figures figures, ReportWords words)
{
    // Longer answers are cut: the JSON report has them whole.
    private const int MostCharacters = 4_000;
    private const int MostRepeats = 5;

    public void Write(StreamWriter page, IEnumerable<CaseOutcome> outcomes)
    {
        var worst = WorstCases.Of(verdict, RunReport.MostCases);
        if (worst.Count == 0)
        {
            return;
        }

        var order = WorstCases.Leading(verdict)?.Name ?? "";
        page.WriteLine($"<section class=\"card\" aria-labelledby=\"cases\"><header><h2 id=\"cases\">{figures.Say("Cases", "Примеры")}</h2>");
        page.WriteLine(
            $"<span class=\"aside\">{Markup.Text(figures.Say($"faults and errors first, then the worst by {order}", $"сначала сбои и ошибки, затем худшие по {order}"))}</span></header><ul class=\"cases\">"
        );
        foreach (var repeats in WorstCases.Read(outcomes, worst))
        {
            WriteCase(page, repeats);
        }

        page.WriteLine("</ul>");
        var left = verdict.Run.Series.TargetFailures.Count - worst.Count;
        if (left > 0)
        {
            page.WriteLine(
                $"<p class=\"foot\">{figures.Say($"{figures.Cases(left)} that did better are not shown; the JSON report has them.", $"Не показано {figures.Cases(left)} с лучшим результатом; они есть в отчёте JSON.")}</p>"
            );
        }

        page.WriteLine("</section>");
    }

    private void WriteCase(StreamWriter page, IReadOnlyList<CaseOutcome> repeats)
    {
        var first = repeats[0];
        var isFault = first.TargetFault is not null;
        page.WriteLine(
            $"<li><details><summary><span class=\"id\">{Markup.Text(first.Case.Id)}</span><span class=\"q\">{Markup.Text(first.Case.Input, 200)}</span>"
        );
        page.WriteLine(
            $"<span class=\"scores{(isFault ? " fail" : "")}\">{Markup.Text(isFault ? first.TargetFault!.Fault.ToString() : words.Scores(first, verdict))}</span></summary><div class=\"case\">"
        );
        WriteText(page, figures.Say("Input", "Вопрос"), first.Case.Input, "");
        page.WriteLine("<div class=\"two\">");
        if (first.Case.Expected is { } expected)
        {
            page.WriteLine("<div>");
            WriteText(page, figures.Say("Expected", "Ожидалось"), expected, "expected");
            page.WriteLine("</div>");
        }

        foreach (var outcome in repeats.Take(MostRepeats))
        {
            var number = repeats.Count > 1 ? $" {outcome.Repeat + 1}" : "";
            var model = outcome.Answer is { Model.Length: > 0 } answer ? $", {answer.Model}" : "";
            page.WriteLine("<div>");
            WriteText(page, figures.Say("Answer", "Ответ") + number + model, words.AnswerOf(outcome), outcome.Answer is null ? "fault" : "answer");
            page.WriteLine("</div>");
        }

        page.WriteLine("</div>");
        if (repeats.Count > MostRepeats)
        {
            page.WriteLine(
                $"<p class=\"aside\">{figures.Say($"{repeats.Count - MostRepeats} more repeats are in the JSON report.", $"Ещё повторов в отчёте JSON: {repeats.Count - MostRepeats}.")}</p>"
            );
        }

        WriteMeasured(page, repeats);
        page.WriteLine("</div></details></li>");
    }

    private void WriteMeasured(StreamWriter page, IReadOnlyList<CaseOutcome> repeats)
    {
        page.WriteLine("<table><tbody>");
        foreach (var outcome in repeats.Take(MostRepeats))
        {
            for (var i = 0; i < outcome.Measurements.Count; i++)
            {
                var metric = verdict.Run.Plan.Content.Metrics[i];
                var (value, reason) = outcome.Measurements[i] switch
                {
                    Measurement.Value v => (figures.Of(v.Score, metric.Scale.Unit), v.Reason),
                    Measurement.Error e => (figures.Say("error", "ошибка"), e.Reason),
                    Measurement.NotApplicable n => ("–", n.Reason),
                    _ => ("–", null),
                };
                var number = repeats.Count > 1 ? $" {outcome.Repeat + 1}" : "";
                page.WriteLine(
                    $"<tr><th scope=\"row\">{Markup.Text(metric.Name + number)}</th><td class=\"num\">{Markup.Text(value)}</td><td>{Markup.Text(reason, MostCharacters)}</td></tr>"
                );
            }
        }

        page.WriteLine("</tbody></table>");
    }

    private static void WriteText(StreamWriter page, string title, string text, string kind) =>
        page.WriteLine($"<h3>{Markup.Text(title)}</h3><p class=\"text {kind}\">{Markup.Text(text, MostCharacters)}</p>");
}
