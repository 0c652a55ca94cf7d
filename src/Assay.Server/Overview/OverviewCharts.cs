using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;
using Assay.Statistics;

namespace Assay.Server.Overview;

/// <summary>The charts of the overview, and each in a sentence for those who do not see it.</summary>
internal static class OverviewCharts
{
    public static ChartSpec Latency(OverviewModel model) =>
        new()
        {
            Unit = "ms",
            Min = 0,
            X = Time(model.Window),
            Series = [new("P99", "p99", Quantiles(model, 0.99)), new("P95", "p95", Quantiles(model, 0.95)), new("P50", "p50", Quantiles(model, 0.50))],
        };

    public static ChartSpec Cost(OverviewModel model, Phrase name, Reader reader) =>
        new()
        {
            Unit = "usd",
            Min = 0,
            X = Time(model.Window),
            Series = [new(reader.Say(name), "1", CostsPerHour(model, reader.Now))],
        };

    public static ChartSpec Score(OverviewModel model) =>
        new()
        {
            Unit = "score",
            X = Time(model.Window),
            Series =
            [
                new(model.Score!.Name, "3", [.. model.ScorePoints.Select(p => p?.Mean)])
                {
                    // A point with one score, or with equal ones, has no interval: its band shrinks to the point.
                    Lo = Ends(model, i => i.Low),
                    Hi = Ends(model, i => i.High),
                    Quiet = true,
                },
            ],
        };

    public static string SayLatency(OverviewModel model, Reader reader)
    {
        var f = reader.Figures;
        string Of(double q) => f.Duration(model.Now.DurationMs.Quantile(q)).ToString();
        var range = reader.Say(reader.Range.Text);
        return reader.Say(
            $"Latency over {range}: P50 {Of(0.5)}, P95 {Of(0.95)}, P99 {Of(0.99)}.",
            $"Задержка за {range}: P50 {Of(0.5)}, P95 {Of(0.95)}, P99 {Of(0.99)}."
        );
    }

    public static string SayCost(OverviewModel model, Reader reader)
    {
        var hours = CostsPerHour(model, reader.Now).OfType<double>().ToList();
        var range = reader.Say(reader.Range.Text);
        var (least, most) = hours.Count == 0 ? (Figures.None, Figures.None) : (reader.Figures.Dollars(hours.Min()), reader.Figures.Dollars(hours.Max()));
        return reader.Say($"Cost over {range}, between {least} and {most} an hour.", $"Затраты за {range}: от {least} до {most} в час.");
    }

    public static string SayScore(OverviewModel model, Reader reader)
    {
        var mean = reader.Figures.Fixed(model.Score!.Mean, 3);
        var range = reader.Say(reader.Range.Text);
        return reader.Say($"Mean {model.Score.Name} over {range}: {mean}.", $"Среднее {model.Score.Name} за {range}: {mean}.");
    }

    private static ChartTime Time(TimeWindow window) => new(window.First, window.Step.TotalSeconds);

    /// <summary>Requests a second by point: the first and the last point are cut by the window and by the time.</summary>
    public static IReadOnlyList<double?> Rates(OverviewModel model, DateTimeOffset now) =>
        model.Now.Count == 0 ? [] : [.. model.Points.Select((p, i) => (p?.Count ?? 0) / model.Window.Elapsed(i, now)?.TotalSeconds)];

    private static IReadOnlyList<double?> CostsPerHour(OverviewModel model, DateTimeOffset now) =>
        [.. model.Points.Select((p, i) => model.Window.Elapsed(i, now) is { } time ? p?.CostPerHour(time) : null)];

    // Scores that all lie within 0 and 1 have no mean outside: Student's interval of a few of them does not know that.
    private static IReadOnlyList<double?> Ends(OverviewModel model, Func<Interval, double?> end)
    {
        var isShare = model.Score is { Values: { Min: >= 0, Max: <= 1 } };
        double? Of(ScoreSums? point) => point?.Interval is { } interval ? end(interval) : point?.Mean;
        return [.. model.ScorePoints.Select(p => Of(p) is { } value && isShare ? Math.Clamp(value, 0, 1) : Of(p))];
    }

    private static IReadOnlyList<double?> Quantiles(OverviewModel model, double q) =>
        [.. model.Points.Select(p => p?.DurationMs.Quantile(q) is { } ms ? Math.Round(ms, ms < 10 ? 3 : 1) : (double?)null)];
}
