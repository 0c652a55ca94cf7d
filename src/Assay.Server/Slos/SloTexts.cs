using Assay.Observability.Slos;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Slos;

/// <summary>The sentences and charts of an SLO's page.</summary>
internal static class SloTexts
{
    public static string Headline(SloStatus status, Reader reader)
    {
        if (status.BudgetLeft is not { } left)
        {
            return reader.Say("No events in 30 days", "За 30 дней событий не было");
        }

        var share = reader.Figures.Percent(Math.Abs(left));
        return left < 0
            ? reader.Say($"The error budget is overspent by {share}", $"Бюджет ошибок перерасходован на {share}")
            : reader.Say($"{share} of the error budget is left", $"Осталось {share} бюджета ошибок");
    }

    /// <summary>The burn rate at which the pair of a long window alerts; null for windows that no pair has as its long one.</summary>
    public static double? LimitOf(TimeSpan window) => BurnPolicy.Pairs.FirstOrDefault(p => p.Long == window)?.Burn;

    public static ChartSpec Budget(SloSeries series, Reader reader)
    {
        var left = series.Points.Select(p => p.BudgetLeft is { } share ? Math.Round(share * 100, 2) : (double?)null).ToList();
        var isKept = left.All(share => share is not < 0);
        return new ChartSpec
        {
            Unit = "percent",
            X = Time(series),
            // Without overspending the whole budget is the scale; a deep overspending needs the room.
            Min = isKept ? 0 : null,
            Max = isKept ? 100 : null,
            Step = isKept ? 20 : null,
            Series = [new(reader.Say("Budget left", "Остаток"), "1", left)],
            Lines = isKept ? null : [new(0, reader.Say("nothing left", "бюджета нет"))],
        };
    }

    public static ChartSpec Burn(SloSeries hour, SloSeries six, Reader reader) =>
        new()
        {
            Unit = "burn",
            Min = 0,
            X = Time(hour),
            Series = [Line(reader.Say("1 h", "1 ч"), "1", hour, hour), Line(reader.Say("6 h", "6 ч"), "2", six, hour)],
            Lines =
            [
                new(14.4, reader.Say("page at 14.4× in 1 h", "тревога при 14,4× за 1 ч")),
                new(6, reader.Say("page at 6× in 6 h", "тревога при 6× за 6 ч"), "inconclusive") { End = true },
            ],
        };

    public static string SayBudget(SloStatus status, Reader reader)
    {
        var left = reader.Figures.Percent(status.BudgetLeft);
        var range = reader.Say(reader.Range.Text);
        return reader.Say($"Error budget left over {range}; now {left}.", $"Остаток бюджета ошибок за {range}; сейчас {left}.");
    }

    public static string SayBurn(SloStatus status, Reader reader)
    {
        var now = reader.Figures.Number(status.BurnOf(TimeSpan.FromHours(1)));
        var range = reader.Say(reader.Range.Text);
        return reader.Say(
            $"Burn rate over {range} in windows of 1 and 6 hours; now {now} in 1 hour.",
            $"Скорость расхода за {range} в окнах 1 и 6 часов; сейчас {now} за 1 час."
        );
    }

    // The series with the longer window may have wider points: each point takes the last one at or before it.
    private static ChartSeries Line(string name, string tone, SloSeries series, SloSeries axis)
    {
        var values = new double?[axis.Points.Count];
        for (var (i, j) = (0, -1); i < values.Length; i++)
        {
            while (j + 1 < series.Points.Count && series.Points[j + 1].At <= axis.Points[i].At)
            {
                j++;
            }

            values[i] = j < 0 || series.Points[j].Burn is not { } burn ? null : Math.Round(burn, 3);
        }

        return new ChartSeries(name, tone, values);
    }

    private static ChartTime Time(SloSeries series) => new(series.Points[0].At, series.Step.TotalSeconds);
}
