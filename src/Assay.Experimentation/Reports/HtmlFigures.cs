using System.Globalization;
using System.Text;
using Assay.Experimentation.Analysis;
using Assay.Reports;

namespace Assay.Experimentation.Reports;

/// <summary>Metrics as a table whose rows draw their intervals. Each row has its own axis; the numbers stand beside it.</summary>
internal static class HtmlFigures
{
    private static readonly (string Title, MetricRole Role, string Aside)[] Tables =
    [
        ("Guardrails", MetricRole.Guardrail, "two one-sided bounds against the margin; a guardrail holds when the whole interval is within it"),
        ("Goals", MetricRole.Goal, "difference from control; the p-value is corrected over all goals and treatments"),
        ("Also measured", MetricRole.Info, "told, not decided by"),
    ];

    public static void Write(StringBuilder page, ExperimentReport report)
    {
        foreach (var (title, role, aside) in Tables)
        {
            var metrics = report.Metrics.Where(m => m.Role == role).ToList();
            if (metrics.Count > 0)
            {
                Table(page, report, title, aside, metrics);
            }
        }
    }

    private static void Table(StringBuilder page, ExperimentReport report, string title, string aside, List<MetricReport> metrics)
    {
        var id = title.Replace(' ', '-').ToLowerInvariant();
        page.Append(
            CultureInfo.InvariantCulture,
            $"<section class=\"card\" aria-labelledby=\"{id}\"><header><h2 id=\"{id}\">{title}</h2><span class=\"aside\">{aside}</span></header><div class=\"scroll\"><table class=\"plot-rows\"><thead><tr>"
        );
        page.Append(
            "<th scope=\"col\">Metric</th><th scope=\"col\">Finding</th><th scope=\"col\" class=\"draw\"><span class=\"vh\">Interval</span></th><th scope=\"col\" class=\"num\">Difference</th><th scope=\"col\" class=\"num\">Control → treatment</th><th scope=\"col\" class=\"num\">Could have seen</th><th scope=\"col\" class=\"num\">n</th></tr></thead><tbody>\n"
        );
        foreach (var metric in metrics)
        {
            metric.Comparisons.ToList().ForEach(row => Row(page, report, metric, row));
        }

        page.Append("</tbody></table></div></section>\n");
    }

    private static void Row(StringBuilder page, ExperimentReport report, MetricReport metric, ArmComparison row)
    {
        var (figure, unit) = (row.Difference, metric.Unit);
        var isTold = metric.Role == MetricRole.Info && row.Finding == Finding.Open;
        var tone = isTold ? "nodata" : Tones.Of(row.Finding);
        var control = metric.Arms.First(a => report.Arms.Any(r => r.IsControl && r.Variant == a.Variant));
        var treatment = metric.Arms.First(a => a.Variant == row.Variant);
        var interval =
            figure.Lack
            ?? $"{FigureText.Percent(figure.Confidence)}: {FigureText.Interval(figure.Low, figure.High, unit)}{(row.AdjustedP is { } p ? $", {FigureText.P(p)}" : "")}";
        page.Append(
            CultureInfo.InvariantCulture,
            $"<tr><th scope=\"row\">{Markup.Text(metric.Title)}<span class=\"sub\">{Markup.Text(row.Variant)} · {Markup.Text(figure.Method)}</span></th>"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<td class=\"v\">{Markup.Badge(tone, isTold ? "told" : ReportWords.Of(row.Finding))}</td><td class=\"draw {tone}\">{IntervalPlot.Of(metric, row)}</td>"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<td class=\"num\">{Value(figure.Estimate, unit, isSigned: true)}{(row.Relative is { } r ? $" ({FigureText.Signed(100 * r)} %)" : "")}<span class=\"sub\">{Markup.Text(interval)}{Beside(row, unit)}</span></td>"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<td class=\"num\">{Value(control.Value, unit)} → {Value(treatment.Value, unit)}{(row.Limit is { } l ? $"<span class=\"sub\">margin {Value(l, unit, isSigned: true)}</span>" : "")}</td>"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<td class=\"num\">{Value(row.Detectable, unit)}</td><td class=\"num\"><span class=\"m\">n = </span>{FigureText.Count(figure.N)}</td></tr>\n"
        );
    }

    private static string Beside(ArmComparison row, string unit) =>
        row.Beside is { Lack: null } beside
            ? $"<br>without the covariate {Markup.Text(FigureText.Interval(beside.Low, beside.High, unit))}{(row.VarianceReduction is { } v ? $", variance −{FigureText.Percent(v)}" : "")}"
            : "";

    private static string Value(double? value, string unit, bool isSigned = false) =>
        value is not { } v ? "–" : Markup.Text(isSigned ? FigureText.Signed(v, unit) : FigureText.Of(v, unit));
}
