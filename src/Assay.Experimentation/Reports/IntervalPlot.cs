using Assay.Experimentation.Analysis;
using Assay.Reports;

namespace Assay.Experimentation.Reports;

/// <summary>An interval as a line on an axis of its own, with 0, the margin and what is worse than it.</summary>
internal static class IntervalPlot
{
    private const int Middle = 18;
    private const int Height = 44;

    public static string Of(MetricReport metric, ArmComparison row)
    {
        var figure = row.Difference;
        if (figure.Estimate is not { } estimate || Axis.Around([estimate, figure.Low, figure.High, row.Limit, 0]) is not { } axis)
        {
            return "";
        }

        var (low, high) = (figure.Low is { } l ? axis.At(l) : 0, figure.High is { } h ? axis.At(h) : 1);
        var kind = figure.Low is null || figure.High is null ? "open" : "ci";
        return $"<svg class=\"plot\" aria-hidden=\"true\">{Beyond(metric, row, axis)}<line class=\"base\" x1=\"0%\" x2=\"100%\" y1=\"{Middle}\" y2=\"{Middle}\"/>"
            + Upright("zero", axis.At(0))
            + (row.Limit is { } limit ? Upright("limit", axis.At(limit)) : "")
            + $"<line class=\"{kind}\" x1=\"{Markup.Percent(low)}\" x2=\"{Markup.Percent(high)}\" y1=\"{Middle}\" y2=\"{Middle}\"/>"
            + $"<circle class=\"dot\" cx=\"{Markup.Percent(axis.At(estimate))}\" cy=\"{Middle}\" r=\"5\"/></svg>";
    }

    private static string Beyond(MetricReport metric, ArmComparison row, Axis axis)
    {
        if (row.Limit is not { } limit)
        {
            return "";
        }

        var at = axis.At(limit);
        var (from, width) = metric.IsLowerBetter ? (at, 1 - at) : (0, at);
        return $"<rect class=\"bad\" x=\"{Markup.Percent(from)}\" width=\"{Markup.Percent(width)}\" y=\"0\" height=\"{Height}\"/>";
    }

    private static string Upright(string kind, double at) =>
        $"<line class=\"{kind}\" x1=\"{Markup.Percent(at)}\" x2=\"{Markup.Percent(at)}\" y1=\"0\" y2=\"{Height}\"/>";
}
