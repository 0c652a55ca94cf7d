using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Health;
using Assay.Reports;

namespace Assay.Experimentation.Reports;

/// <summary>The report for a pull request: decision, what is still needed, health, figures.</summary>
internal static class ExperimentMarkdown
{
    public static string Text(ExperimentReport report) => string.Join('\n', Lines(report)) + "\n";

    private static IEnumerable<string> Lines(ExperimentReport report) =>
        [
            $"## {ReportWords.Sign(report.Decision.Action)} {report.Decision.Title}: {SafeMarkdown.Cell(report.Experiment)}, version {report.Version}",
            "",
            SafeMarkdown.Cell(report.Decision.Reason),
            "",
            .. report.Hypothesis.Length == 0 ? [] : (string[])[$"> {SafeMarkdown.Cell(report.Hypothesis)}", ""],
            .. Needs(report),
            .. Arms(report),
            .. Health(report),
            .. Figures(report),
            $"Looked at on {report.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, look {report.Looks.Count}. {ReportWords.Of(report.Method)}",
        ];

    private static IEnumerable<string> Needs(ExperimentReport report) =>
        report.Needs.Count == 0 ? [] : ["**Still needed**", "", .. report.Needs.Select(n => $"- {SafeMarkdown.Cell(ReportWords.Of(n))}"), ""];

    private static IEnumerable<string> Arms(ExperimentReport report) =>
        [
            "| arm | weight | units | |",
            "| --- | ---: | ---: | --- |",
            .. report.Arms.Select(a =>
                $"| {SafeMarkdown.Cell(ReportWords.Of(a))} | {FigureText.Percent(a.Weight / 100)} | {FigureText.Count(a.Units)} | {SafeMarkdown.Cell(a.Description)} |"
            ),
            "",
        ];

    // What is fine is counted, so that what is not is seen.
    private static IEnumerable<string> Health(ExperimentReport report)
    {
        var fine = report.Health.Count(h => h.State == HealthState.Fine);
        return
        [
            $"**Health**: {(report.Health.Any(h => h.State == HealthState.Fault) ? "not to be trusted" : "good")}, {FigureText.Counted(fine, "check")} fine",
            "",
            .. report
                .Health.Where(h => h.State != HealthState.Fine)
                .Select(h => $"- {ReportWords.Sign(h.State)} {ReportWords.Of(h.Fault)}: {SafeMarkdown.Cell(h.Text)}"),
            .. fine == report.Health.Count ? [] : (string[])[""],
        ];
    }

    private static IEnumerable<string> Figures(ExperimentReport report) =>
        [
            "| | metric | arm | control | treatment | difference | interval | adjusted p | could have seen | n |",
            "| --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |",
            .. report.Metrics.SelectMany(m => m.Comparisons.Select(c => Row(report, m, c))),
            "",
            .. report
                .Metrics.SelectMany(m => m.Comparisons.Select(c => (m, c)))
                .Where(x => x.c.Finding is Finding.None or Finding.Broken or Finding.Worse or Finding.Small)
                .Select(x => $"- **{SafeMarkdown.Cell(x.m.Title)}**, {SafeMarkdown.Cell(x.c.Variant)}: {SafeMarkdown.Cell(x.c.Reason)}")
                .DefaultIfEmpty("Differences are treatment − control. Guardrails: two one-sided bounds against the margin; goals: two-sided."),
            "",
            "<details><summary>Methods</summary>",
            "",
            .. report
                .Metrics.SelectMany(m => m.Comparisons.Select(c => $"- {SafeMarkdown.Cell(m.Title)}: {SafeMarkdown.Cell(c.Difference.Method)}"))
                .Distinct(StringComparer.Ordinal),
            "",
            "</details>",
            "",
        ];

    private static string Row(ExperimentReport report, MetricReport metric, ArmComparison row)
    {
        var control = metric.Arms.First(a => a.Variant == report.Arms.First(r => r.IsControl).Variant);
        var treatment = metric.Arms.First(a => a.Variant == row.Variant);
        var difference = row.Difference;
        string[] cells =
        [
            ReportWords.Of(metric.Role, row.Finding),
            SafeMarkdown.Cell(metric.Title),
            SafeMarkdown.Cell(row.Variant),
            Value(control.Value, metric),
            Value(treatment.Value, metric),
            difference.Estimate is { } e ? FigureText.Signed(e, metric.Unit) + (row.Relative is { } r ? $" ({FigureText.Signed(100 * r)} %)" : "") : "–",
            difference.Lack is null
                ? $"{FigureText.Interval(difference.Low, difference.High, metric.Unit)}, {FigureText.Percent(difference.Confidence)}{(row.Limit is { } l ? $"; margin {FigureText.Signed(l, metric.Unit)}" : "")}"
                : SafeMarkdown.Cell(difference.Lack),
            row.AdjustedP is { } p ? FigureText.P(p)[4..] : "–",
            Value(row.Detectable, metric),
            FigureText.Count(difference.N),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Value(double? value, MetricReport metric) => value is { } v ? FigureText.Of(v, SafeMarkdown.Cell(metric.Unit)) : "–";
}
