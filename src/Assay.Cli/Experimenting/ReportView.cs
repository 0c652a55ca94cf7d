using Assay.Cli.Showing;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Health;
using Assay.Experimentation.Reports;

namespace Assay.Cli.Experimenting;

/// <summary>A report for a terminal of 80 columns.</summary>
internal static class ReportView
{
    public static IEnumerable<string> Lines(ExperimentReport report) =>
        [
            .. WrappedText.Lines($"{report.Decision.Title.ToUpperInvariant()}: {report.Experiment}, version {report.Version}. {report.Decision.Reason}"),
            .. report.Needs.SelectMany(n => Indented("still needed: " + ReportWords.Of(n))),
            "",
            .. Arms(report),
            "",
            .. Health(report),
            .. report.Metrics.SelectMany(m => m.Comparisons.SelectMany(c => Comparison(m, c))),
            "",
            .. WrappedText.Lines($"Look {report.Looks.Count}, {report.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC. {ReportWords.Of(report.Method)}"),
        ];

    private static IEnumerable<string> Arms(ExperimentReport report)
    {
        yield return $"{"arm", -32}{"weight", 10}{"units", 14}";
        foreach (var arm in report.Arms)
        {
            yield return $"{Fit(ReportWords.Of(arm), 31), -32}{FigureText.Percent(arm.Weight / 100), 10}{FigureText.Count(arm.Units), 14}";
        }
    }

    private static IEnumerable<string> Health(ExperimentReport report)
    {
        var fine = report.Health.Count(h => h.State == HealthState.Fine);
        yield return $"health: {FigureText.Counted(fine, "check")} fine";
        foreach (var check in report.Health.Where(h => h.State != HealthState.Fine))
        {
            foreach (var line in Indented($"{(check.State == HealthState.Fault ? "FAULT" : "note")}, {ReportWords.Of(check.Fault)}: {check.Text}"))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Comparison(MetricReport metric, ArmComparison row) =>
        [
            "",
            .. WrappedText.Lines(
                $"{ReportWords.Of(metric.Role)} {metric.Title}, {row.Variant}{(metric.Role == MetricRole.Info && row.Finding == Finding.Open ? "" : ": " + ReportWords.Of(row.Finding))}"
            ),
            .. Indented(row.Reason),
            .. row.Difference.Lack is null
                ? Indented(
                    $"{row.Difference.Method}, {FigureText.Percent(row.Difference.Confidence)} interval, n = {FigureText.Count(row.Difference.N)}"
                        + (row.Detectable is { } seen ? $"; could have seen {FigureText.Of(seen, metric.Unit)}" : "")
                        + "."
                )
                : [],
        ];

    private static IEnumerable<string> Indented(string text) => WrappedText.Within(text, 78).Select(line => "  " + line);

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
