using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Server.Experiments.Pages;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Components;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>A metric's difference and the boundary of its sequential test, over the looks at one step.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Says">The chart in a sentence.</param>
/// <param name="Spec">The chart.</param>
internal sealed record CanaryChart(string Title, string Says, ChartSpec Spec)
{
    /// <summary>Charts on a page: those that decide, what is open first.</summary>
    public const int Most = 4;

    /// <summary>What is drawn, beside the heading; null for the difference of both arms.</summary>
    public string? Aside { get; init; }

    // More points are no longer told apart: every k-th is drawn, the last always.
    private const int MostPoints = 120;

    // Early looks know little: their intervals would press all that decides into a line.
    private const double Room = 1.6;
    private const double MarginsShown = 3;
    private const double LimitRoom = 1.1;

    /// <summary>The charts of the looks at a step.</summary>
    public static IReadOnlyList<CanaryChart> Of(IReadOnlyList<CanaryLook> looks, CanaryPlan plan, Reader reader)
    {
        if (looks.Count < 2)
        {
            return [];
        }

        var deciding = looks[^1]
            .Metrics.OrderBy(m => m.Role == CanaryRole.Info)
            .ThenBy(m => VerdictWords.RankOf(ReleaseTexts.VerdictOf(m.Verdict)))
            .Select(m => plan.Metrics.FirstOrDefault(p => p.Name == m.Metric))
            .OfType<CanaryMetric>();
        return [.. deciding.Select(m => m.Probe is null ? Of(looks, m, reader) : ProbeChart.Of(looks, m, reader)).OfType<CanaryChart>().Take(Most)];
    }

    private static CanaryChart? Of(IReadOnlyList<CanaryLook> looks, CanaryMetric metric, Reader reader)
    {
        var all = looks.Select(l => new Point(l, l.Metrics.FirstOrDefault(m => m.Metric == metric.Name))).ToList();
        var seen = all.Where(p => p.Made?.Difference is not null).ToList();
        if (seen.Count < 2)
        {
            return null;
        }

        var points = Thinned(all);
        var report = MetricRow.ReportOf(metric);
        var scale = MetricWords.ChartScale(report);
        double? Scaled(double? value) => value is { } known ? Math.Round(known * scale, 9) : null;
        var spec = new ChartSpec
        {
            Unit = MetricWords.ChartUnit(report),
            X = new ChartRuns([.. points.Select(p => p.Look.Look)], reader.Say("look", "просмотр")) { Names = [.. points.Select(p => Name(p, reader))] },
            Series =
            [
                new(reader.Say("difference", "разница"), "candidate", [.. points.Select(p => Scaled(p.Made?.Difference))])
                {
                    Lo = [.. points.Select(p => p.IsBounded ? Scaled(p.Made!.Low) : null)],
                    Hi = [.. points.Select(p => p.IsBounded ? Scaled(p.Made!.High) : null)],
                    Quiet = true,
                },
            ],
            Lines = Lines(seen[^1].Made!, report, scale, reader),
        };
        return new CanaryChart(reader.Say($"{metric.Name} by look", $"{metric.Name} по просмотрам"), Sentence(metric, seen, reader), Framed(spec, seen, scale));
    }

    /// <summary>At most as many of them as are told apart, the last always.</summary>
    internal static List<T> Thinned<T>(List<T> all)
    {
        var every = (all.Count + MostPoints - 1) / MostPoints;
        return [.. all.Where((_, i) => i % every == (all.Count - 1) % every)];
    }

    // As much as the margin and the later half of the looks need; what lies beyond is cut off in the drawing, not in the table.
    private static ChartSpec Framed(ChartSpec spec, List<Point> seen, double scale)
    {
        var late = seen.Skip(seen.Count / 2).SelectMany(p => new[] { p.Made!.Difference, p.Made.Low, p.Made.High }).Max(v => Math.Abs(v ?? 0));
        var need = scale * Math.Max(Room * late, MarginsShown * Math.Abs(seen[^1].Made!.Accepted ?? 0));
        var drawn = seen.SelectMany(p => new[] { p.Made!.Difference, p.Made.Low, p.Made.High }).OfType<double>().ToList();
        var (least, most) = (scale * drawn.Min(), scale * drawn.Max());
        var isAllShown = need <= 0 || (least >= -need && most <= need);
        var cut = isAllShown ? spec : spec with { Min = least < -need ? -RoundUp(need) : null, Max = most > need ? RoundUp(need) : null };
        return InSight(cut, scale * (seen[^1].Made!.Accepted ?? 0), least, most);
    }

    /// <summary>An axis on which its lines are seen, though all values lie beside them: a line outside the axis is not drawn at all.</summary>
    /// <param name="spec">The chart; an end that it has stays.</param>
    /// <param name="limit">The limit; 0 for none. How far away it is, is what the chart says.</param>
    /// <param name="least">The least value that is drawn.</param>
    /// <param name="most">The greatest.</param>
    internal static ChartSpec InSight(ChartSpec spec, double limit, double least, double most)
    {
        var low = limit < 0 ? -WithRoom(-limit) : 0;
        var high = limit > 0 ? WithRoom(limit) : 0;
        return spec with { Min = spec.Min ?? (least > Math.Min(limit, 0) ? low : null), Max = spec.Max ?? (most < Math.Max(limit, 0) ? high : null) };
    }

    /// <summary>A round end of an axis on which a limit above 0 is seen.</summary>
    internal static double WithRoom(double limit) => RoundUp(LimitRoom * limit);

    private static double RoundUp(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        var steps = Math.Ceiling(value / unit * 2) / 2;
        return Math.Round(steps * unit, 12);
    }

    private static List<ChartLine> Lines(MetricJudgement last, Assay.Experimentation.Analysis.MetricReport report, double scale, Reader reader)
    {
        var lines = new List<ChartLine> { new(0, reader.Say("no difference", "разницы нет"), "control") };
        if (last.Accepted is { } accepted)
        {
            var text = MetricWords.Difference(accepted, report, reader);
            lines.Add(new ChartLine(accepted * scale, reader.Say($"limit {text}", $"предел {text}")) { End = true });
        }

        return lines;
    }

    private static string Name(Point point, Reader reader) =>
        $"{reader.Figures.Count(point.Look.Look)} · {reader.Figures.DayAndClock(point.Look.At)} · {reader.Figures.Count(point.Made?.CanaryCount ?? 0, ReleaseTexts.Requests)}";

    private static string Sentence(CanaryMetric metric, List<Point> seen, Reader reader)
    {
        var report = MetricRow.ReportOf(metric);
        string Told(MetricJudgement m) =>
            $"{MetricWords.Difference(m.Difference, report, reader)} {MetricWords.Interval(m.Low, m.High, report, reader)}".TrimEnd();
        var decided = seen.Find(p => p.Made!.Verdict is MetricVerdict.Pass or MetricVerdict.Fail);
        var (first, last) = (seen[0].Made!, seen[^1].Made!);
        var end =
            decided is null ? reader.Say("Not decided yet.", "Пока не решено.")
            : decided.Made!.Verdict == MetricVerdict.Fail
                ? reader.Say($"It fails from look {decided.Look.Look} on.", $"Не пройдено с просмотра {decided.Look.Look}.")
            : reader.Say($"It passed first at look {decided.Look.Look}.", $"Впервые пройдено на просмотре {decided.Look.Look}.");
        return reader.Say(
            $"Difference of {metric.Name} over {seen.Count} looks, from {Told(first)} to {Told(last)}. {end}",
            $"Разница {metric.Name} за {seen.Count} просмотров: от {Told(first)} до {Told(last)}. {end}"
        );
    }

    private sealed record Point(CanaryLook Look, MetricJudgement? Made)
    {
        public bool IsBounded => Made is { Low: not null, High: not null };
    }
}
