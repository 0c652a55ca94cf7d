using System.Text;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Reports;

namespace Assay.Evaluation.Reports;

/// <summary>The summary for a pull request: verdict, gates, what would decide, the worst cases.</summary>
internal sealed class MarkdownReport(RunVerdict verdict)
{
    // A comment is read, not searched; the other reports have the rest.
    private const int MostCases = 5;
    private const int MostCharacters = 160;

    private readonly Figures figures = new(verdict.Run.Plan.Content.Language);
    private readonly ReportWords words = new(verdict.Run.Plan.Content.Language);

    public void Write(Stream to, IEnumerable<CaseOutcome> outcomes)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"## {Icon(verdict.Verdict)} {words.Of(verdict.Verdict)}: {SafeMarkdown.Cell(verdict.Run.Plan.Benchmark)}");
        writer.WriteLine();
        writer.WriteLine(SafeMarkdown.Prose(verdict.Reason));
        foreach (var note in words.Notes(verdict))
        {
            writer.WriteLine();
            writer.WriteLine($"> {SafeMarkdown.Prose(note)}");
        }

        WriteGates(writer);
        WriteMetrics(writer);
        WriteWorst(writer, outcomes);
        writer.WriteLine();
        writer.WriteLine(SafeMarkdown.Prose(words.Facts(verdict)));
    }

    private void WriteGates(StreamWriter writer)
    {
        if (verdict.Gates.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(
            figures.Say("| | gate | estimate | 90 % interval | limit | n |", "| | порог | оценка | 90 % интервал | граница | n |")
                + "\n| --- | --- | ---: | --- | --- | ---: |"
        );
        foreach (var gate in verdict.Gates)
        {
            var interval = gate.Interval is { } ends ? figures.Interval(ends.Low, ends.High, gate.Unit) : "–";
            var warning = gate.IsWarning ? figures.Say(" (warning)", " (предупреждение)") : "";
            writer.WriteLine(
                $"| {Icon(gate.Verdict)} {words.Of(gate.Verdict)}{warning} | {SafeMarkdown.Cell(gate.Gate.Name)} | {figures.Of(gate.Estimate, gate.Unit)} | {interval} | {words.Limit(gate)} | {figures.Count(gate.N)} |"
            );
        }

        var open = verdict.Gates.Where(g => g.Verdict != Verdict.Pass || g.IsWarning).ToList();
        if (open.Count > 0)
        {
            writer.WriteLine();
            open.ForEach(g => writer.WriteLine($"- **{SafeMarkdown.Cell(g.Gate.Name)}**: {SafeMarkdown.Prose(g.Reason)}"));
        }
    }

    private void WriteMetrics(StreamWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine(
            figures.Say("| metric | mean | 95 % interval | n | errors | not applicable |", "| метрика | среднее | 95 % интервал | n | ошибки | неприменимо |")
                + "\n| --- | ---: | --- | ---: | ---: | ---: |"
        );
        foreach (var metric in verdict.Run.Metrics)
        {
            var interval = metric.Bounds is { } ends ? figures.Interval(ends.Low, ends.High, metric.Scale.Unit) : "–";
            writer.WriteLine(
                $"| {SafeMarkdown.Cell(metric.Name)} | {figures.Of(metric.Average, metric.Scale.Unit)} | {interval} | {figures.Count(metric.N)} | {figures.Count(metric.Errors)} | {figures.Count(metric.NotApplicable)} |"
            );
        }
    }

    private void WriteWorst(StreamWriter writer, IEnumerable<CaseOutcome> outcomes)
    {
        var worst = WorstCases.Of(verdict, MostCases);
        if (worst.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine($"<details><summary>{figures.Say("Worst cases", "Худшие примеры")}</summary>\n");
        foreach (var repeats in WorstCases.Read(outcomes, worst))
        {
            var outcome = repeats[0];
            writer.WriteLine(
                $"- **{SafeMarkdown.Cell(outcome.Case.Id)}**{Scores(outcome)}: {SafeMarkdown.Cell(Short(outcome.Case.Input))} → {SafeMarkdown.Cell(Short(words.AnswerOf(outcome)))}"
            );
        }

        writer.WriteLine("\n</details>");
    }

    private string Scores(CaseOutcome outcome) => outcome.Measurements.Count == 0 ? "" : " " + SafeMarkdown.Prose(words.Scores(outcome, verdict));

    private static string Icon(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "✅",
            Verdict.Fail => "❌",
            Verdict.Inconclusive => "🔶",
            _ => "⚪",
        };

    private static string Short(string text) =>
        text.Length <= MostCharacters ? text : text[..(MostCharacters - (char.IsHighSurrogate(text[MostCharacters - 1]) ? 1 : 0))] + "…";
}
