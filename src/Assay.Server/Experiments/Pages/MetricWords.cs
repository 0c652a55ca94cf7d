using Assay.Experimentation.Analysis;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Experiments.Pages;

/// <summary>Figures of metrics as a reader of a language writes them, by kind and unit.</summary>
internal static class MetricWords
{
    /// <summary>A value: 71.8 %, 412 ms, $0.0038, 0.870.</summary>
    public static string Value(double? value, MetricReport metric, Figures f) =>
        value is not { } known ? Figures.None
        : metric.Kind == "rate" ? f.Percent(known)
        : Plain(known, metric.Unit, f);

    /// <summary>A difference with its sign: +2.1 pp, −31 ms.</summary>
    public static string Difference(double? value, MetricReport metric, Reader reader)
    {
        if (value is not { } known)
        {
            return Figures.None;
        }

        var f = reader.Figures;
        return metric.Kind == "rate" ? f.Points(known * 100)
            : known > 0 ? "+" + Plain(known, metric.Unit, f)
            : known < 0 ? "−" + Plain(-known, metric.Unit, f)
            : Plain(0, metric.Unit, f);
    }

    /// <summary>An interval of a difference; an end that is not bounded says so.</summary>
    public static string Interval(double? low, double? high, MetricReport metric, Reader reader) =>
        (low, high) switch
        {
            ({ } from, { } to) => $"[{Difference(from, metric, reader)}, {Difference(to, metric, reader)}]",
            ({ } from, null) => reader.Say("at least ", "не меньше ") + Difference(from, metric, reader),
            (null, { } to) => reader.Say("at most ", "не больше ") + Difference(to, metric, reader),
            _ => "",
        };

    /// <summary>A p-value: p = 0.041, p &lt; 0.0001.</summary>
    public static string P(double p, Figures f) => p < 0.0001 ? $"p < {f.Fixed(0.0001, 4)}" : $"p = {f.Number(p, 2)}";

    /// <summary>What a chart writes at its axis.</summary>
    public static string ChartUnit(MetricReport metric) =>
        metric.Kind == "rate" ? "pp±"
        : metric.Unit == "ms" ? "ms±"
        : IsMoney(metric.Unit) ? "usd"
        : "score±";

    /// <summary>What a value is multiplied by for a chart.</summary>
    public static double ChartScale(MetricReport metric) => metric.Kind == "rate" ? 100 : 1;

    private static string Plain(double value, string unit, Figures f) =>
        unit == "ms"
            ? f.Duration(Math.Abs(value)) is var time && value < 0
                ? "−" + time
                : f.Duration(value).ToString()
            : IsMoney(unit)
                ? f.Dollars(value)
                : unit.Length == 0
                    ? f.Number(value)
                    : f.Number(value) + Figures.Space + unit;

    private static bool IsMoney(string unit) => unit is "usd" or "USD" or "$";
}
