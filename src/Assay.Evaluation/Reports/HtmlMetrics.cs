using Assay.Evaluation.Gates;
using Assay.Evaluation.Summaries;
using Assay.Reports;
using Assay.Statistics;

namespace Assay.Evaluation.Reports;

/// <summary>Metrics as a table, and the distribution of each as bars.</summary>
internal sealed class HtmlMetrics(RunVerdict verdict, Figures figures)
{
    private const int Bins = 20;
    private const int BarsHeight = 88;

    public void Write(StreamWriter page)
    {
        var metrics = verdict.Run.Metrics.Concat(verdict.Run.Resources.Where(r => r.Range is { Max: > 0 })).DistinctBy(m => m.Name).ToList();
        page.WriteLine(
            $"<section class=\"card\" aria-labelledby=\"metrics\"><header><h2 id=\"metrics\">{figures.Say("Metrics", "Метрики")}</h2><span class=\"aside\">"
        );
        page.WriteLine(
            figures.Say("over cases; a case counts once, with the mean over its repeats", "по примерам; пример считается один раз, средним по повторам")
        );
        page.WriteLine("</span></header><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"metrics\"><table><thead><tr>");
        string[] heads =
        [
            figures.Say("Mean", "Среднее"),
            figures.Say("SD", "СКО"),
            "P50",
            "P95",
            "n",
            figures.Say("Errors", "Ошибки"),
            figures.Say("Not applicable", "Неприменимо"),
        ];
        page.WriteLine(
            $"<th scope=\"col\">{figures.Say("Metric", "Метрика")}</th>{string.Concat(heads.Select((h, i) => $"<th scope=\"col\" class=\"num{(i is 1 or 2 or 3 ? " p2" : "")}\">{h}</th>"))}</tr></thead><tbody>"
        );
        metrics.ForEach(m => WriteRow(page, m));
        page.WriteLine("</tbody></table></div></section>\n<div class=\"grid\">");
        metrics.Where(m => m.Range is { } range && range.Max > range.Min).ToList().ForEach(m => WriteBars(page, m));
        page.WriteLine("</div>");
    }

    private void WriteRow(StreamWriter page, MetricSummary metric)
    {
        var unit = metric.Scale.Unit;
        var interval =
            metric.Bounds is { } ends ? "95 % " + figures.Interval(ends.Low, ends.High, unit)
            : metric.Range is { } range && range.Min == range.Max ? figures.Say("all equal", "все равны")
            : (metric.Mean as NotComputable)?.Reason ?? "";
        var spread = metric.Repeats is { RunDeviation: { } deviation }
            ? $"<span class=\"sub\">{figures.Say("between runs ±", "между прогонами ±")}{Markup.Text(figures.Of(deviation, unit))}</span>"
            : "";
        page.WriteLine(
            $"<tr><th scope=\"row\">{Markup.Text(metric.Name)}</th><td class=\"num\">{Markup.Text(figures.Of(metric.Average, unit))}<span class=\"sub\">{Markup.Text(interval)}</span>{spread}</td>"
        );
        page.WriteLine(
            $"<td class=\"num p2\">{Markup.Text(figures.Of(metric.StandardDeviation, unit))}</td><td class=\"num p2\">{Quantile(metric, 0.5)}</td><td class=\"num p2\">{Quantile(metric, 0.95)}</td>"
        );
        page.WriteLine(
            $"<td class=\"num\">{figures.Count(metric.N)}</td><td class=\"num\">{figures.Count(metric.Errors)}</td><td class=\"num\">{figures.Count(metric.NotApplicable)}</td></tr>"
        );
    }

    private string Quantile(MetricSummary metric, double share) =>
        Markup.Text(figures.Of(metric.Quantiles.FirstOrDefault(q => q.Share == share)?.Value, metric.Scale.Unit));

    private void WriteBars(StreamWriter page, MetricSummary metric)
    {
        var values = verdict.Run.Series.Metrics[metric.Name].Values.Sample(verdict.Run.Series.Clusters).Values;
        var (low, high) = (metric.Scale.Low ?? metric.Range!.Min, metric.Scale.High ?? metric.Range!.Max);
        if (high <= low)
        {
            return;
        }

        var unit = metric.Scale.Unit;
        var counts = Count(values, low, high);
        var gates = verdict.Gates.Where(g => g.Gate.Metric == metric.Name && g.Gate.Statistic == GateStatistic.Mean).Select(g => g.Gate.Threshold).ToList();
        var what = figures.Say(
            $"{metric.Name}: {figures.Count(values.Length)} cases from {figures.Of(metric.Range!.Min, unit)} to {figures.Of(metric.Range.Max, unit)}, mean {figures.Of(metric.Average, unit)}",
            $"{metric.Name}: примеров {figures.Count(values.Length)}, от {figures.Of(metric.Range!.Min, unit)} до {figures.Of(metric.Range.Max, unit)}, среднее {figures.Of(metric.Average, unit)}"
        );
        page.WriteLine(
            $"<figure class=\"card\"><header><h2>{Markup.Text(metric.Name)}</h2><span class=\"aside\">{figures.Say("cases by value; line: mean", "примеры по значению; линия: среднее")}</span></header><div class=\"body\">"
        );
        page.WriteLine($"<svg class=\"bars\" role=\"img\" aria-label=\"{Markup.Text(what)}\">");
        var most = counts.Max();
        for (var i = 0; i < Bins; i++)
        {
            var height = counts[i] == 0 ? 0 : Math.Max(2, (int)Math.Round(counts[i] * (double)BarsHeight / most));
            page.WriteLine(
                $"<rect x=\"{Markup.Percent((i + 0.06) / Bins)}\" width=\"{Markup.Percent(0.88 / Bins)}\" y=\"{12 + BarsHeight - height}\" height=\"{height}\"/>"
            );
        }

        Line("mean", metric.Average ?? low);
        gates.ForEach(g => Line("limit", g.Value));
        page.WriteLine($"<line class=\"base\" x1=\"0%\" x2=\"100%\" y1=\"{12 + BarsHeight}\" y2=\"{12 + BarsHeight}\"/>");
        page.WriteLine(
            $"<text x=\"0%\" y=\"{BarsHeight + 28}\">{Markup.Text(figures.Of(low, unit))}</text><text x=\"100%\" y=\"{BarsHeight + 28}\" text-anchor=\"end\">{Markup.Text(figures.Of(high, unit))}</text>"
        );
        page.WriteLine(
            $"<text x=\"100%\" y=\"9\" text-anchor=\"end\">{figures.Say("highest bar", "высший столбец")} {figures.Count(most)}</text></svg></div></figure>"
        );
        return;

        void Line(string kind, double value)
        {
            var at = Markup.Percent((value - low) / (high - low));
            page.WriteLine($"<line class=\"{kind}\" x1=\"{at}\" x2=\"{at}\" y1=\"12\" y2=\"{12 + BarsHeight}\"/>");
        }
    }

    private static int[] Count(double[] values, double low, double high)
    {
        var counts = new int[Bins];
        foreach (var value in values)
        {
            counts[Math.Clamp((int)((value - low) / (high - low) * Bins), 0, Bins - 1)]++;
        }

        return counts;
    }
}
