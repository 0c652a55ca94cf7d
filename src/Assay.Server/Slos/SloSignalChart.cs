using Assay.Observability.Slos;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Slos;

/// <summary>The chart of what an SLO counts, with its limit: latencies, the share of failures, or scores.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Aside">What a point is.</param>
/// <param name="Says">The chart in a sentence.</param>
/// <param name="Spec">The chart.</param>
internal sealed record SloSignalChart(string Title, string Aside, string Says, ChartSpec Spec)
{
    /// <summary>The chart; null when the window has nothing to show.</summary>
    public static SloSignalChart? Of(SloDefinition slo, SloSignals signals, Reader reader)
    {
        var chart = slo.Indicator.Good switch
        {
            GoodWhen.AtMost => Latency(slo, signals, reader),
            GoodWhen.AtLeast => Scores(slo, signals, reader),
            _ => Failures(slo, signals, reader),
        };
        return chart.Spec.Series.Any(s => s.Values.Any(v => v is not null)) ? chart : null;
    }

    private static SloSignalChart Latency(SloDefinition slo, SloSignals signals, Reader reader)
    {
        var limit = slo.Indicator.Threshold;
        var told = reader.Figures.Duration(limit).ToString();
        IReadOnlyList<double?> At(double q) =>
            [.. signals.Events.Select(p => p?.DurationMs.Quantile(q) is { } ms ? Math.Round(ms, ms < 10 ? 3 : 1) : (double?)null)];
        return new SloSignalChart(
            reader.Say("Latency", "Задержка"),
            reader.Say("percentiles by point", "перцентили по точкам"),
            reader.Say($"Latency over {Range(reader)} with the limit {told}.", $"Задержка за {Range(reader)} и предел {told}."),
            With(
                new ChartSpec
                {
                    Unit = "ms",
                    X = Time(signals),
                    Series = [new("P99", "p99", At(0.99)), new("P95", "p95", At(0.95)), new("P50", "p50", At(0.5))],
                },
                limit,
                reader.Say($"limit {told}", $"предел {told}")
            )
        );
    }

    private static SloSignalChart Failures(SloDefinition slo, SloSignals signals, Reader reader)
    {
        var told = SloPhrases.Share(slo.Budget, reader.Figures);
        return new SloSignalChart(
            reader.Say("Errors", "Ошибки"),
            reader.Say("% of what the objective counts", "% от того, что считает цель"),
            reader.Say($"Share of errors over {Range(reader)}; the budget is {told}.", $"Доля ошибок за {Range(reader)}; бюджет {told}."),
            With(
                new ChartSpec
                {
                    Unit = "percent",
                    X = Time(signals),
                    Series =
                    [
                        new(
                            reader.Say("Errors", "Ошибки"),
                            "1",
                            [.. signals.Events.Select(p => p?.FailedShare is { } share ? Math.Round(share * 100, 4) : (double?)null)]
                        )
                        {
                            Quiet = true,
                        },
                    ],
                },
                slo.Budget * 100,
                reader.Say($"budget {told}", $"бюджет {told}")
            )
        );
    }

    private static SloSignalChart Scores(SloDefinition slo, SloSignals signals, Reader reader)
    {
        var told = SloPhrases.Plain(slo.Indicator.Threshold, reader.Figures);
        return new SloSignalChart(
            reader.Say("Scores", "Оценки"),
            reader.Say("mean by point", "среднее по точкам"),
            reader.Say($"Mean score over {Range(reader)}; good from {told}.", $"Средняя оценка за {Range(reader)}; хорошая от {told}."),
            With(
                new ChartSpec
                {
                    Unit = "score",
                    X = Time(signals),
                    Series =
                    [
                        new(reader.Say("Mean", "Среднее"), "3", [.. signals.Scores.Select(p => p is null ? (double?)null : Math.Round(p.Mean, 4))])
                        {
                            Quiet = true,
                        },
                    ],
                },
                slo.Indicator.Threshold,
                reader.Say($"good from {told}", $"хорошая от {told}")
            )
        );
    }

    // The limit is always in sight, also when everything lies far below it.
    private static ChartSpec With(ChartSpec spec, double limit, string label)
    {
        var most = spec.Series.SelectMany(s => s.Values).OfType<double>().Append(limit).Max();
        // Scores of 0 to 1 end at 1.
        return spec with { Min = 0, Max = spec.Unit == "score" && most <= 1 ? 1 : Ceiling(most * 1.1), Lines = [new(limit, label)] };
    }

    /// <summary>The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten.</summary>
    internal static double Ceiling(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-9))));
        double[] steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
        return Math.Round(steps.First(s => s * power >= value * (1 - 1e-9)) * power, 12);
    }

    private static ChartTime Time(SloSignals signals) => new(signals.Window.First, signals.Window.Step.TotalSeconds);

    private static string Range(Reader reader) => reader.Say(reader.Range.Text);
}
