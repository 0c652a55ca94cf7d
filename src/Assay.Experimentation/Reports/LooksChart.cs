using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Looks;
using Assay.Reports;

namespace Assay.Experimentation.Reports;

/// <summary>The intervals of one difference over all looks: an upright line a look, its dot the estimate.</summary>
internal static class LooksChart
{
    /// <summary>More looks than this are drawn as every second, third, …; the last is always there.</summary>
    public const int MostDrawn = 120;

    private const int Top = 12;
    private const int Height = 120;

    public static string Of(ExperimentReport report, MetricReport metric, ArmComparison row)
    {
        var points = Points(report, metric, row);
        if (
            points.Count == 0
            || Axis.Around(points.SelectMany(p => (double?[])[p.Figure.Estimate, p.Figure.Low, p.Figure.High]).Append(0).Append(row.Limit)) is not { } axis
        )
        {
            return "";
        }

        var unit = metric.Unit;
        var last = points[^1].Figure;
        var label =
            $"{metric.Title}, {row.Variant}: {FigureText.Counted(points.Count, "look")}, the last {FigureText.Signed(last.Estimate!.Value, unit)} ({FigureText.Interval(last.Low, last.High, unit)})";
        return $"<figure class=\"card\"><header><h2>{Markup.Text($"{metric.Title}, {row.Variant}")}</h2><span class=\"aside\">difference by look{(row.Limit is null ? "" : "; dashed: margin")}</span></header><div class=\"body\">"
            + $"<svg class=\"looks {Tones.Of(row.Finding)}\" role=\"img\" aria-label=\"{Markup.Text(label)}\">"
            + Across("zero", Y(axis, 0))
            + (row.Limit is { } limit ? Across("limit", Y(axis, limit)) : "")
            + string.Concat(points.Select(p => Point(axis, p)))
            + Texts(points, axis, unit)
            + "</svg></div></figure>\n";
    }

    private static List<LookPoint> Points(ExperimentReport report, MetricReport metric, ArmComparison row)
    {
        var all = report
            .Looks.Select(l => (l.At, Figure: l.Figures.FirstOrDefault(f => f.Metric == metric.Metric && f.Kind == metric.Kind && f.Variant == row.Variant)))
            .Where(l => l.Figure?.Estimate is not null)
            .ToList();
        if (all.Count == 0)
        {
            return [];
        }

        var (begin, length) = (all[0].At, Math.Max(1, (all[^1].At - all[0].At).TotalSeconds));
        var every = (all.Count + MostDrawn - 1) / MostDrawn;
        return
        [
            .. all.Where((_, i) => (all.Count - 1 - i) % every == 0)
                .Select(l => new LookPoint(l.At, Place((l.At - begin).TotalSeconds / length, all.Count), l.Figure!)),
        ];
    }

    // A single look stands in the middle; the ends keep a dot's room.
    private static double Place(double share, int count) => count == 1 ? 0.5 : 0.02 + (0.96 * share);

    private static string Point(Axis axis, LookPoint point)
    {
        var x = Markup.Percent(point.X);
        var (high, low) = (point.Figure.High is { } h ? Y(axis, h) : Top, point.Figure.Low is { } l ? Y(axis, l) : Top + Height);
        return $"<line class=\"ci\" x1=\"{x}\" x2=\"{x}\" y1=\"{Markup.Number(high)}\" y2=\"{Markup.Number(low)}\"/><circle class=\"dot\" cx=\"{x}\" cy=\"{Markup.Number(Y(axis, point.Figure.Estimate!.Value))}\" r=\"3.5\"/>";
    }

    private static string Texts(List<LookPoint> points, Axis axis, string unit)
    {
        const int Bottom = Top + Height + 16;
        return $"<text x=\"0\" y=\"10\">{Markup.Text(FigureText.Signed(axis.High, unit))}</text><text x=\"0\" y=\"{Top + Height}\">{Markup.Text(FigureText.Signed(axis.Low, unit))}</text>"
            + $"<text x=\"0\" y=\"{Bottom}\">{Day(points[0].At)}</text><text x=\"100%\" y=\"{Bottom}\" text-anchor=\"end\">{(points.Count == 1 ? "" : Day(points[^1].At))}</text>";
    }

    private static string Day(DateTimeOffset at) => FormattableString.Invariant($"{at.UtcDateTime:yyyy-MM-dd HH:mm}");

    private static double Y(Axis axis, double value) => Top + (Height * (1 - axis.At(value)));

    private static string Across(string kind, double y) =>
        $"<line class=\"{kind}\" x1=\"0%\" x2=\"100%\" y1=\"{Markup.Number(y)}\" y2=\"{Markup.Number(y)}\"/>";

    private sealed record LookPoint(DateTimeOffset At, double X, LookFigure Figure);
}
