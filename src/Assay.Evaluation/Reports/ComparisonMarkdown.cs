using System.Text;
using Assay.Evaluation.Comparing;
using Assay.Reports;
using Assay.Statistics;

namespace Assay.Evaluation.Reports;

/// <summary>A comparison for a pull request.</summary>
internal sealed class ComparisonMarkdown(RunComparison comparison)
{
    // A comment is read, not searched.
    private const int MostCases = 5;

    private readonly Figures figures = new(comparison.Candidate.Plan.Content.Language);

    public void Write(Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var (before, after) = (comparison.Baseline.Plan, comparison.Candidate.Plan);
        writer.WriteLine($"## {SafeMarkdown.Cell(after.Benchmark)}: {SafeMarkdown.Cell(before.Run)} → {SafeMarkdown.Cell(after.Run)}");
        writer.WriteLine();
        writer.WriteLine($"{SafeMarkdown.Cell(before.Content.Target)} → {SafeMarkdown.Cell(after.Content.Target)}");
        WriteNotes(writer);
        writer.WriteLine();
        writer.WriteLine(
            figures.Say(
                "| metric | baseline | candidate | difference | 95 % interval | p (Holm) | better / worse / equal | shown |",
                "| метрика | базовый | кандидат | разность | 95 % интервал | p (Холм) | лучше / хуже / равны | итог |"
            ) + "\n| --- | ---: | ---: | ---: | --- | ---: | --- | --- |"
        );
        foreach (var metric in comparison.Metrics)
        {
            writer.WriteLine(Row(metric));
        }

        foreach (var metric in comparison.Metrics)
        {
            WriteChanged(writer, metric);
        }
    }

    private void WriteNotes(StreamWriter writer)
    {
        if (!comparison.IsOneDataset)
        {
            writer.WriteLine(
                "\n> "
                    + figures.Say(
                        $"Different datasets: only the {figures.Cases(comparison.Common)} with the same id are compared; {figures.Count(comparison.OnlyBaseline)} are in the baseline only, {figures.Count(comparison.OnlyCandidate)} in the candidate only.",
                        $"Наборы разные: сравниваются только примеры с одинаковым id ({figures.Count(comparison.Common)}); только в базовом {figures.Count(comparison.OnlyBaseline)}, только у кандидата {figures.Count(comparison.OnlyCandidate)}."
                    )
            );
        }

        if (comparison.Baseline.Plan.Content.IsDryRun || comparison.Candidate.Plan.Content.IsDryRun)
        {
            writer.WriteLine(
                "\n> "
                    + figures.Say(
                        "At least one of both is a dry run: offline models answered.",
                        "По крайней мере один из прогонов пробный: отвечали офлайн-модели."
                    )
            );
        }

        foreach (var metric in comparison.Uncompared)
        {
            writer.WriteLine($"\n> {SafeMarkdown.Cell(metric.Name)}: {figures.Say("not compared", "не сравнивается")}, {metric.Reason}.");
        }
    }

    private string Row(MetricComparison metric)
    {
        var found = metric.Difference.AsComputed;
        var sign = found is { Estimate: > 0 } ? "+" : "";
        var interval = found?.Interval is { } ends ? figures.Interval(ends.Low, ends.High, metric.Unit) : "–";
        var difference = found is null ? (metric.Difference as NotComputable)?.Reason ?? "–" : sign + figures.Of(found.Estimate, metric.Unit);
        var change = metric.Change switch
        {
            Change.Better => figures.Say("better", "лучше"),
            Change.Worse => figures.Say("worse", "хуже"),
            _ => figures.Say("no difference shown", "разница не показана"),
        };
        return $"| {SafeMarkdown.Cell(metric.Name)} | {figures.Of(metric.BaselineMean, metric.Unit)} | {figures.Of(metric.CandidateMean, metric.Unit)} | {difference} | {interval} | {figures.Of(metric.CorrectedP, "")} | {figures.Count(metric.Wins)} / {figures.Count(metric.Losses)} / {figures.Count(metric.Ties)} | {change} |";
    }

    private void WriteChanged(StreamWriter writer, MetricComparison metric)
    {
        if (metric.Changed.Count == 0)
        {
            return;
        }

        writer.WriteLine(
            $"\n<details><summary>{SafeMarkdown.Cell(metric.Name)}: {figures.Say("cases that changed most", "сильнее всего изменились")}</summary>\n"
        );
        foreach (var changed in metric.Changed.Take(MostCases))
        {
            writer.WriteLine(
                $"- **{SafeMarkdown.Cell(changed.Id)}** {figures.Of(changed.Baseline, metric.Unit)} → {figures.Of(changed.Candidate, metric.Unit)}"
            );
        }

        writer.WriteLine("\n</details>");
    }
}
