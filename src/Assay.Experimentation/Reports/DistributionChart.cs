using Assay.Experimentation.Analysis;
using Assay.Reports;

namespace Assay.Experimentation.Reports;

/// <summary>Single values of a metric: control's as bars, a treatment's as steps over them.</summary>
internal static class DistributionChart
{
    private const int Width = 1000;
    private const int Height = 120;

    public static string Of(ExperimentReport report, MetricReport metric, ArmComparison row)
    {
        var control = metric.Arms.FirstOrDefault(a => report.Arms.Any(r => r.IsControl && r.Variant == a.Variant));
        var treatment = metric.Arms.FirstOrDefault(a => a.Variant == row.Variant);
        if (control is not { Bars.Count: > 0 } c || treatment is not { Bars.Count: > 0 } t)
        {
            return "";
        }

        var most = c.Bars.Concat(t.Bars).Max(b => b.Share);
        if (most <= 0)
        {
            return "";
        }

        var (low, high) = (c.Bars[0].From, c.Bars[^1].To);
        var label =
            $"{metric.Metric}: {FigureText.Counted(c.Outcomes, "value")} of {c.Variant}, {FigureText.Counted(t.Outcomes, "value")} of {t.Variant}, from {FigureText.Of(low, metric.Unit)} to {FigureText.Of(high, metric.Unit)}";
        return $"<figure class=\"card\"><header><h2>{Markup.Text($"{metric.Metric}, {row.Variant}")}</h2><span class=\"aside\">single values; 99 % of them</span></header><div class=\"body\">"
            + $"<svg class=\"lines\" viewBox=\"0 0 {Width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Markup.Text(label)}\">"
            + string.Concat(c.Bars.Select((b, i) => Bar(b, i, c.Bars.Count, most)))
            + $"<polyline class=\"arm1\" points=\"{Steps(t.Bars, most)}\"/></svg>"
            + $"<p class=\"aside\">{Markup.Text(FigureText.Of(low, metric.Unit))} to {Markup.Text(FigureText.Of(high, metric.Unit))}</p>"
            + $"<ul class=\"legend\"><li><i class=\"arm0\"></i>{Markup.Text(c.Variant)}</li><li><i class=\"arm1\"></i>{Markup.Text(t.Variant)}</li></ul></div></figure>\n";
    }

    private static string Bar(DistributionBar bar, int place, int count, double most)
    {
        var height = Height * 0.96 * bar.Share / most;
        return $"<rect class=\"bar0\" x=\"{Markup.Number((double)Width * place / count)}\" width=\"{Markup.Number(0.94 * Width / count)}\" y=\"{Markup.Number(Height - height)}\" height=\"{Markup.Number(height)}\"/>";
    }

    private static string Steps(IReadOnlyList<DistributionBar> bars, double most) =>
        string.Join(
            ' ',
            bars.SelectMany(
                (b, i) =>
                {
                    var y = Markup.Number(Height - (Height * 0.96 * b.Share / most));
                    return (string[])[$"{Markup.Number((double)Width * i / bars.Count)},{y}", $"{Markup.Number((double)Width * (i + 1) / bars.Count)},{y}"];
                }
            )
        );
}
