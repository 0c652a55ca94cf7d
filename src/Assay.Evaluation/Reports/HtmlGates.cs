using Assay.Evaluation.Gates;
using Assay.Reports;

namespace Assay.Evaluation.Reports;

/// <summary>Gates as a table whose rows draw the interval against limit and warning band. Each row has its own axis; the numbers stand beside it.</summary>
internal sealed class HtmlGates(RunVerdict verdict, Figures figures, ReportWords words)
{
    private const int Middle = 18;

    public void Write(StreamWriter page)
    {
        if (verdict.Gates.Count == 0)
        {
            return;
        }

        page.WriteLine(
            $"<section class=\"card\" aria-labelledby=\"gates\"><header><h2 id=\"gates\">{figures.Say("Gates", "Пороги")}</h2><span class=\"aside\">"
        );
        page.WriteLine(
            figures.Say(
                "90 % interval (two one-sided 95 % bounds) against the limit; a gate passes when the whole interval is on the good side",
                "90 % интервал (две односторонние границы по 95 %) против порога; порог пройден, когда весь интервал на хорошей стороне"
            )
        );
        page.WriteLine("</span></header><div class=\"scroll\"><table class=\"plot-rows\"><thead><tr>");
        page.WriteLine($"<th scope=\"col\">{figures.Say("Gate", "Порог")}</th><th scope=\"col\">{figures.Say("Verdict", "Решение")}</th>");
        page.WriteLine(
            $"<th scope=\"col\" class=\"draw\"><span class=\"vh\">{figures.Say("Interval against the limit", "Интервал против порога")}</span></th>"
        );
        page.WriteLine(
            $"<th scope=\"col\" class=\"num\">{figures.Say("Estimate", "Оценка")}</th><th scope=\"col\" class=\"num\">{figures.Say("Limit", "Граница")}</th><th scope=\"col\" class=\"num\">n</th></tr></thead><tbody>"
        );
        foreach (var gate in verdict.Gates.OrderBy(g => Order(g.Verdict)))
        {
            WriteRow(page, gate);
        }

        page.WriteLine("</tbody></table></div></section>");
    }

    private void WriteRow(StreamWriter page, GateResult gate)
    {
        var interval = gate.Interval is { } ends ? figures.Interval(ends.Low, ends.High, gate.Unit) : figures.Say("no interval", "интервала нет");
        var warning = gate.IsWarning ? $"<span class=\"sub\">{figures.Say("in the warning band", "в зоне предупреждения")}</span>" : "";
        page.WriteLine($"<tr><th scope=\"row\">{Markup.Text(gate.Gate.Name)}<span class=\"sub\">{Markup.Text(gate.Method)}</span></th>");
        page.WriteLine($"<td class=\"v\">{Markup.Badge(gate.Verdict, words.Of(gate.Verdict))}{warning}</td>");
        page.WriteLine($"<td class=\"draw {Markup.Tone(gate.Verdict)}\">{Plot(gate)}</td>");
        page.WriteLine($"<td class=\"num\">{Markup.Text(figures.Of(gate.Estimate, gate.Unit))}<span class=\"sub\">{Markup.Text(interval)}</span></td>");
        page.WriteLine(
            $"<td class=\"num\"><span class=\"m\">{figures.Say("limit", "порог")} </span>{Markup.Text(words.Limit(gate))}{Warn(gate)}</td><td class=\"num\"><span class=\"m\">n = </span>{figures.Count(gate.N)}{Clusters(gate)}</td></tr>"
        );
    }

    private string Warn(GateResult gate) =>
        gate.Gate.Threshold.Warn is { } warn
            ? $"<span class=\"sub\">{figures.Say("warns at", "предупреждает при")} {Markup.Text(figures.Of(warn, gate.Unit))}</span>"
            : "";

    private string Clusters(GateResult gate) =>
        gate.Clusters > 0 && gate.Clusters < gate.N
            ? $"<span class=\"sub\">{figures.Say($"{figures.Count(gate.Clusters)} clusters", $"групп: {figures.Count(gate.Clusters)}")}</span>"
            : "";

    private static string Plot(GateResult gate)
    {
        if (gate.Estimate is not { } estimate)
        {
            return "";
        }

        var threshold = gate.Gate.Threshold;
        var axis = Axis.Around([
            estimate,
            threshold.Value,
            threshold.Warn,
            gate.Interval?.Low,
            gate.Interval?.High,
            gate.Gate.Statistic == GateStatistic.Difference ? 0 : null,
        ]);
        var (limit, dot) = (axis.At(threshold.Value), Markup.Percent(axis.At(estimate)));
        var isLower = threshold.Side == ThresholdSide.AtLeast;
        var svg =
            $"<svg class=\"plot\" aria-hidden=\"true\"><rect class=\"bad\" x=\"{Markup.Percent(isLower ? 0 : limit)}\" width=\"{Markup.Percent(isLower ? limit : 1 - limit)}\" y=\"0\" height=\"44\"/>";
        svg += $"<line class=\"base\" x1=\"0%\" x2=\"100%\" y1=\"{Middle}\" y2=\"{Middle}\"/>";
        if (threshold.Warn is { } warn)
        {
            var (from, to) = (Math.Min(limit, axis.At(warn)), Math.Max(limit, axis.At(warn)));
            svg += $"<rect class=\"band\" x=\"{Markup.Percent(from)}\" width=\"{Markup.Percent(to - from)}\" y=\"0\" height=\"44\"/>";
        }

        if (gate.Gate.Statistic == GateStatistic.Difference)
        {
            svg += $"<line class=\"zero\" x1=\"{Markup.Percent(axis.At(0))}\" x2=\"{Markup.Percent(axis.At(0))}\" y1=\"0\" y2=\"44\"/>";
        }

        svg += $"<line class=\"limit\" x1=\"{Markup.Percent(limit)}\" x2=\"{Markup.Percent(limit)}\" y1=\"0\" y2=\"44\"/>";
        if (gate.Interval is { } ends)
        {
            var (low, high) = (ends.Low is { } l ? axis.At(l) : 0, ends.High is { } h ? axis.At(h) : 1);
            svg +=
                $"<line class=\"{(ends.Low is null || ends.High is null ? "open" : "ci")}\" x1=\"{Markup.Percent(low)}\" x2=\"{Markup.Percent(high)}\" y1=\"{Middle}\" y2=\"{Middle}\"/>";
        }

        return svg + $"<circle class=\"dot\" cx=\"{dot}\" cy=\"{Middle}\" r=\"5\"/></svg>";
    }

    private static int Order(Verdict verdict) =>
        verdict switch
        {
            Verdict.Fail => 0,
            Verdict.Inconclusive => 1,
            Verdict.NoData => 2,
            _ => 3,
        };
}
