using System.Globalization;
using System.Text;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Health;
using Assay.Reports;

namespace Assay.Experimentation.Reports;

/// <summary>The report for people: one file, no script, nothing fetched; light or dark as the reader's system is.</summary>
internal static class ExperimentHtml
{
    private static readonly Lazy<string> Style = new(() => ReadStyle("report.css") + ReadStyle("experiment.css"));

    public static string Text(ExperimentReport report, string toolVersion)
    {
        var page = new StringBuilder();
        page.Append(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        );
        // The report shows what files and services say: nothing in it may run or fetch.
        page.Append(
            "<meta name=\"color-scheme\" content=\"light dark\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<title>{Markup.Text(report.Experiment)}: {Markup.Text(report.Decision.Title)}</title>\n<style>\n{Style.Value}</style>\n</head>\n<body>\n{Markup.Symbols}\n<main>\n"
        );
        Head(page, report);
        Decision(page, report);
        Health(page, report);
        HtmlFigures.Write(page, report);
        Charts(page, report);
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"page-foot\">assay {Markup.Text(toolVersion)} · {Markup.Text(ReportWords.Of(report.Method))}</p>\n</main>\n</body>\n</html>\n"
        );
        return page.ToString();
    }

    private static void Head(StringBuilder page, ExperimentReport report)
    {
        var at = report.At.UtcDateTime;
        page.Append(
            CultureInfo.InvariantCulture,
            $"<div><div class=\"title-row\"><h1>{Markup.Text(report.Experiment)}</h1><span class=\"chip\">version {report.Version}</span></div>"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"sub\">{Markup.Text(report.Hypothesis)}</p><p class=\"sub\">Look {report.Looks.Count} · <time datetime=\"{at:O}\">{at:yyyy-MM-dd HH:mm} UTC</time>{(report.Owner.Length == 0 ? "" : $" · {Markup.Text(report.Owner)}")}</p></div>\n"
        );
    }

    private static void Decision(StringBuilder page, ExperimentReport report)
    {
        var tone = Tones.Of(report.Decision.Action);
        page.Append(
            CultureInfo.InvariantCulture,
            $"<section class=\"decision {tone}\" aria-label=\"Decision\"><div class=\"head\">{Markup.Badge(tone, report.Decision.Title, isBadge: true)}<strong>{Markup.Text(report.Decision.Reason)}</strong></div>\n"
        );
        if (report.Needs.Count > 0)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<ul class=\"needs\">{string.Concat(report.Needs.Select(n => $"<li>Still needed: {Markup.Text(ReportWords.Of(n))}</li>"))}</ul>\n"
            );
        }

        page.Append("<dl class=\"facts\">");
        foreach (var arm in report.Arms)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<div><dt>{Markup.Text(ReportWords.Of(arm))}</dt><dd>{FigureText.Counted(arm.Units, "unit")} · {FigureText.Percent(arm.Weight / 100)}</dd>{(arm.Description.Length == 0 ? "" : $"<dd class=\"aside\">{Markup.Text(arm.Description)}</dd>")}</div>"
            );
        }

        if (report.UnitsPerDay is { } perDay)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div><dt>New units a day</dt><dd>{FigureText.Of(perDay)}</dd></div>");
        }

        page.Append("</dl></section>\n");
    }

    private static void Health(StringBuilder page, ExperimentReport report)
    {
        var faults = report.Health.Count(h => h.State == HealthState.Fault);
        var aside = faults == 0 ? "the data can be trusted" : "no figure below decides anything";
        page.Append(
            CultureInfo.InvariantCulture,
            $"<section class=\"card\" aria-labelledby=\"health\"><header><h2 id=\"health\">Health</h2><span class=\"aside\">{aside}</span></header><ul class=\"health\">\n"
        );
        foreach (var check in report.Health)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<li>{Markup.Badge(Tones.Of(check.State), ReportWords.Of(check.Fault))}<span>{Markup.Text(check.Text)}</span></li>\n"
            );
        }

        page.Append("</ul></section>\n");
    }

    private static void Charts(StringBuilder page, ExperimentReport report)
    {
        page.Append("<div class=\"grid\">\n");
        foreach (var metric in report.Metrics.Where(m => m.Role != MetricRole.Info))
        {
            page.AppendJoin("", metric.Comparisons.Select(c => LooksChart.Of(report, metric, c)));
        }

        page.Append(ExposureChart.Of(report));
        foreach (var metric in report.Metrics.Where(m => m.Arms.Any(a => a.Bars.Count > 0)).DistinctBy(m => m.Metric))
        {
            page.AppendJoin("", metric.Comparisons.Select(c => DistributionChart.Of(report, metric, c)));
        }

        page.Append("</div>\n");
    }

    private static string ReadStyle(string name)
    {
        using var stream = typeof(ExperimentHtml).Assembly.GetManifestResourceStream("Assay.Experimentation.Reports." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
