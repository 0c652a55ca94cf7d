using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Looks;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>A difference and its interval over looks.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Says">The chart in a sentence.</param>
/// <param name="Spec">The chart.</param>
internal sealed record LookChart(string Title, string Says, ChartSpec Spec)
{
    // A point for each day of a quarter; of more looks the latest are drawn.
    private const int MostPoints = 120;

    /// <summary>The chart; null when fewer than two looks have the figure.</summary>
    public static LookChart? Of(ExperimentReport report, MetricReport metric, ArmComparison row, Reader reader)
    {
        var looks = report
            .Looks.Select(l => (Look: l, Figure: FigureOf(l, metric, row.Variant)))
            .Where(l => l.Figure?.Estimate is not null)
            .TakeLast(MostPoints)
            .ToList();
        if (looks.Count < 2)
        {
            return null;
        }

        var scale = MetricWords.ChartScale(metric);
        double? Scaled(double? value) => value is { } known ? Math.Round(known * scale, 9) : null;
        double?[] inSight = [0, row.Limit, .. looks.SelectMany(l => new[] { l.Figure!.Estimate, l.Figure.Low, l.Figure.High })];
        var range = ChartRange.Of([.. inSight.Select(Scaled).OfType<double>()]);
        var spec = new ChartSpec
        {
            Unit = MetricWords.ChartUnit(metric),
            X = new ChartRuns([.. Enumerable.Range(1, looks.Count)], reader.Say("look", "просмотр"))
            {
                Names = [.. looks.Select(l => reader.Figures.DayAndClock(l.Look.At))],
            },
            Min = range.Low,
            Max = range.High,
            Step = range.Step,
            Series =
            [
                new(row.Variant, "candidate", [.. looks.Select(l => Scaled(l.Figure!.Estimate))])
                {
                    Lo = [.. looks.Select(l => Scaled(l.Figure!.Low ?? l.Figure.Estimate))],
                    Hi = [.. looks.Select(l => Scaled(l.Figure!.High ?? l.Figure.Estimate))],
                    Quiet = true,
                },
            ],
            Lines = Lines(metric, row, scale, reader),
        };
        return new LookChart(
            reader.Say($"{metric.Title} by look", $"{metric.Title} по просмотрам"),
            Sentence(metric, looks[0].Figure!, looks[^1].Figure!, looks.Count, reader),
            spec
        );
    }

    private static LookFigure? FigureOf(ExperimentLook look, MetricReport metric, string variant) =>
        look.Figures.FirstOrDefault(f => f.Metric == metric.Metric && f.Kind == metric.Kind && f.Variant == variant);

    private static List<ChartLine> Lines(MetricReport metric, ArmComparison row, double scale, Reader reader)
    {
        var lines = new List<ChartLine> { new(0, reader.Say("no difference", "разницы нет"), "control") };
        if (row.Limit is { } limit)
        {
            lines.Add(
                new ChartLine(
                    limit * scale,
                    reader.Say($"margin {MetricWords.Difference(limit, metric, reader)}", $"допуск {MetricWords.Difference(limit, metric, reader)}")
                )
                {
                    End = true,
                }
            );
        }

        return lines;
    }

    private static string Sentence(MetricReport metric, LookFigure first, LookFigure last, int count, Reader reader)
    {
        string Told(LookFigure f) => $"{MetricWords.Difference(f.Estimate, metric, reader)} {MetricWords.Interval(f.Low, f.High, metric, reader)}";
        return reader.Say(
            $"{metric.Title} over {count} looks, from {Told(first)} to {Told(last)}.",
            $"{metric.Title} за {count} просмотров: от {Told(first)} до {Told(last)}."
        );
    }
}
