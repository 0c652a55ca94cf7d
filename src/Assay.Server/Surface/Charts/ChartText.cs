using Assay.Server.Surface.Reading;

namespace Assay.Server.Surface.Charts;

/// <summary>A chart's values as the text of its table.</summary>
internal static class ChartText
{
    /// <summary>Tables have this many rows at most; charts with more points show every k-th, and say so.</summary>
    public const int MostRows = 60;

    /// <summary>A value with its unit; charts.js says the same in the drawing.</summary>
    public static string Value(string unit, double? value, Figures figures) =>
        value is not { } known
            ? Figures.None
            : unit switch
            {
                "ms" => figures.Duration(known).ToString(),
                "usd" => figures.Dollars(known),
                // 99.95 % of three digits would read 100.
                "percent" => Math.Abs(known) >= 1 ? figures.Fixed(known, 2) + Figures.Space + "%" : figures.Percent(known / 100),
                "score" => figures.Fixed(known, 3),
                "pp±" => figures.Points(known),
                "ms±" => Sign(known) + figures.Duration(Math.Abs(known)),
                "score±" => figures.Signed(known),
                "burn" => figures.Fixed(known, 2) + "×",
                _ => Math.Round(known) == known ? figures.Fixed(known, 0) : figures.Number(known),
            };

    private static string Sign(double value) =>
        value > 0 ? "+"
        : value < 0 ? "−"
        : "";

    /// <summary>A value with its interval, if it has one.</summary>
    public static string Interval(string unit, ChartSeries series, int point, Figures figures) =>
        series.Lo?[point] is { } lo && series.Hi?[point] is { } hi ? $"[{Value(unit, lo, figures)}, {Value(unit, hi, figures)}]" : "";

    /// <summary>A point of the x axis: its time, with the day where a range has several, or its run.</summary>
    public static string Point(ChartSpec chart, int point, Figures figures) =>
        chart.X switch
        {
            ChartTime time => Time(time, chart.Series[0].Values.Count, point, figures),
            ChartRuns runs => point < runs.Names.Count ? runs.Names[point] : figures.Count(runs.Values[point]),
            _ => "",
        };

    private static string Time(ChartTime time, int points, int point, Figures figures)
    {
        var at = time.From.AddSeconds(time.StepS * point);
        var isLong = time.StepS * points > 90_000;
        return isLong || at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? figures.DayAndClock(at) : Figures.Clock(at);
    }

    /// <summary>How many points a row stands for.</summary>
    public static int Every(ChartSpec chart) => (chart.Series[0].Values.Count + MostRows - 1) / MostRows;
}
