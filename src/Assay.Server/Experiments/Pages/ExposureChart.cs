using Assay.Experimentation.Analysis;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>Units by the day they came, added up, an arm each.</summary>
/// <param name="Says">The chart in a sentence.</param>
/// <param name="Spec">The chart.</param>
internal sealed record ExposureChart(string Says, ChartSpec Spec)
{
    // Six series can be told apart.
    private const int MostArms = 6;
    private const int MostDays = 366;

    private static readonly string[] Tones = ["candidate", "2", "3", "4", "5", "6"];

    /// <summary>The chart; null before the second day.</summary>
    public static ExposureChart? Of(ExperimentReport report, Reader reader)
    {
        if (report.ByDay.Count == 0 || report.ByDay[0].Day == report.ByDay[^1].Day)
        {
            return null;
        }

        var last = report.ByDay[^1].Day;
        var first = report.ByDay[0].Day.DayNumber < last.DayNumber - MostDays + 1 ? last.AddDays(1 - MostDays) : report.ByDay[0].Day;
        var arms = report.Arms.OrderByDescending(a => a.IsControl).Take(MostArms).ToList();
        var treatments = 0;
        var spec = new ChartSpec
        {
            Unit = "count",
            X = new ChartTime(new DateTimeOffset(first.ToDateTime(default), TimeSpan.Zero), TimeSpan.FromDays(1).TotalSeconds),
            Min = 0,
            Series =
            [
                .. arms.Select(a => new ChartSeries(
                    a.Variant,
                    a.IsControl ? "baseline" : Tones[treatments++ % Tones.Length],
                    Sums(report, a.Variant, first, last)
                )
                {
                    Dash = a.IsControl ? true : null,
                }),
            ],
        };
        return new ExposureChart(Sentence(arms, last.DayNumber - first.DayNumber + 1, reader), spec);
    }

    private static List<double?> Sums(ExperimentReport report, string variant, DateOnly first, DateOnly last)
    {
        var byDay = report.ByDay.Where(d => d.Variant == variant).GroupBy(d => d.Day, d => d.Units).ToDictionary(d => d.Key, d => d.Sum());
        var sum = byDay.Where(d => d.Key < first).Sum(d => d.Value);
        var sums = new List<double?>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            sum += byDay.GetValueOrDefault(day);
            sums.Add(sum);
        }

        return sums;
    }

    private static string Sentence(List<ArmReport> arms, int days, Reader reader)
    {
        var counts = string.Join(", ", arms.Select(a => $"{a.Variant} {reader.Figures.Count(a.Units)}"));
        return reader.Say($"Units that took part, added up over {days} days: {counts}.", $"Единицы нарастающим итогом, дней: {days}: {counts}.");
    }
}
