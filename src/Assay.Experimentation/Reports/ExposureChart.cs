using System.Globalization;
using Assay.Experimentation.Analysis;
using Assay.Reports;

namespace Assay.Experimentation.Reports;

/// <summary>Units of each arm over the days, summed up: lines that part are a sample ratio mismatch before a test says so.</summary>
internal static class ExposureChart
{
    private const int Width = 1000;
    private const int Height = 120;

    public static string Of(ExperimentReport report)
    {
        var days = report.ByDay.Select(d => d.Day).Distinct().Order().ToList();
        var arms = report.Arms.Where(a => report.ByDay.Any(d => d.Variant == a.Variant)).ToList();
        if (days.Count == 0 || arms.Count == 0)
        {
            return "";
        }

        var lines = arms.Select(a => Sums(report, a.Variant, days)).ToList();
        var most = Math.Max(1, lines.Max(l => l[^1]));
        var label = string.Join(", ", arms.Select((a, i) => $"{a.Variant} {FigureText.Count(lines[i][^1])}"));
        return "<figure class=\"card\"><header><h2>Units</h2><span class=\"aside\">summed up by the day of the first exposure</span></header><div class=\"body\">"
            + $"<svg class=\"lines\" viewBox=\"0 0 {Width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Markup.Text($"Units by arm: {label}")}\">"
            + string.Concat(lines.Select((l, i) => $"<polyline class=\"arm{i % 6}\" points=\"{Points(l, days, most)}\"/>"))
            + $"</svg><p class=\"aside\">{Day(days[0])} to {Day(days[^1])} UTC; highest {FigureText.Count(most)}</p>"
            + $"<ul class=\"legend\">{string.Concat(arms.Select((a, i) => $"<li><i class=\"arm{i % 6}\"></i>{Markup.Text(a.Variant)} {FigureText.Count(lines[i][^1])}</li>"))}</ul></div></figure>\n";
    }

    private static List<long> Sums(ExperimentReport report, string variant, List<DateOnly> days)
    {
        var sum = 0L;
        return [.. days.Select(day => sum += report.ByDay.Where(d => d.Day == day && d.Variant == variant).Sum(d => d.Units))];
    }

    // The line begins at 0 on the first day's morning and ends on the last day's evening.
    private static string Points(List<long> sums, List<DateOnly> days, long most)
    {
        var length = (double)(days[^1].DayNumber - days[0].DayNumber + 1);
        return string.Join(
            ' ',
            sums.Select((s, i) => (Place: (days[i].DayNumber - days[0].DayNumber + 1) / length, Share: (double)s / most))
                .Prepend((Place: 0, Share: 0))
                .Select(p => $"{Markup.Number(Width * p.Place)},{Markup.Number(Height * (1 - (0.96 * p.Share)))}")
        );
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
