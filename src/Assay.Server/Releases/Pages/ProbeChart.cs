using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>The value that a probe read, over the looks at one step. There is no control to compare it with: the line is its limit.</summary>
internal static class ProbeChart
{
    /// <summary>Null with fewer than two values.</summary>
    public static CanaryChart? Of(IReadOnlyList<CanaryLook> looks, CanaryMetric metric, Reader reader)
    {
        var all = looks.Select(l => new Point(l, l.Metrics.FirstOrDefault(m => m.Metric == metric.Name))).ToList();
        var seen = all.Where(p => p.Value is not null).ToList();
        if (seen.Count < 2)
        {
            return null;
        }

        var points = CanaryChart.Thinned(all);
        var scale = ProbeFigures.Scale(metric);
        var spec = new ChartSpec
        {
            Unit = UnitOf(metric),
            X = new ChartRuns([.. points.Select(p => p.Look.Look)], reader.Say("look", "просмотр")) { Names = [.. points.Select(p => Name(p, reader))] },
            Series =
            [
                new(reader.Say("value", "значение"), "candidate", [.. points.Select(p => p.Value is { } value ? Math.Round(value * scale, 9) : (double?)null)]),
            ],
            Min = seen.TrueForAll(p => p.Value >= 0) && metric.Limit is null or >= 0 ? 0 : null,
            Max = metric.Limit is > 0 and var most && seen.TrueForAll(p => p.Value < most) ? CanaryChart.WithRoom(most * scale) : null,
            Lines = metric.Limit is { } limit ? [new ChartLine(limit * scale, ProbeFigures.Limit(metric, reader)) { End = true }] : [],
        };
        var unit = ProbeFigures.DrawnIn(metric, reader) is { Length: > 0 } drawn ? ", " + drawn : "";
        return new CanaryChart(reader.Say($"{metric.Name} by look", $"{metric.Name} по просмотрам") + unit, Sentence(metric, seen, reader), spec)
        {
            Aside = reader.Say("the canary's own value at each look", "собственное значение канарейки на каждом просмотре"),
        };
    }

    private static string Sentence(CanaryMetric metric, List<Point> seen, Reader reader)
    {
        var (first, last) = (ProbeFigures.Value(seen[0].Value, metric, reader), ProbeFigures.Value(seen[^1].Value, metric, reader));
        var failed = seen.Find(p => p.Made!.Verdict == MetricVerdict.Fail);
        var end = failed is null
            ? reader.Say("Every look passed.", "Все просмотры пройдены.")
            : reader.Say($"It failed at look {failed.Look.Look}.", $"Не пройдено на просмотре {failed.Look.Look}.");
        return reader.Say(
            $"{metric.Name} over {seen.Count} looks, from {first} to {last}. {end}",
            $"{metric.Name} за {seen.Count} просмотров: от {first} до {last}. {end}"
        );
    }

    private static string UnitOf(CanaryMetric metric) =>
        metric.Unit == "ms" ? "ms"
        : metric.Unit is "usd" or "USD" or "$" ? "usd"
        : "count";

    private static string Name(Point point, Reader reader) => $"{reader.Figures.Count(point.Look.Look)} · {reader.Figures.DayAndClock(point.Look.At)}";

    private sealed record Point(CanaryLook Look, MetricJudgement? Made)
    {
        public double? Value => Made?.Canary;
    }
}
