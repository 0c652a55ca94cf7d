using Assay.Evaluation.Reports;
using Assay.Statistics;
using Figures = Assay.Server.Surface.Reading.Figures;

namespace Assay.Server.Benchmarks;

/// <summary>Values of metrics and gates as text, by their unit.</summary>
internal static class MetricFigures
{
    /// <summary>A value in its unit: 0.864, 1,284 ms, $0.0035, 812.</summary>
    public static string Value(double? value, string unit, Figures f) =>
        value is not { } known
            ? Figures.None
            : unit switch
            {
                "ms" => f.Duration(known).ToString(),
                "usd" => f.Dollars(known),
                "" => f.Fixed(known, 3),
                "tokens" => f.Number(known),
                _ => f.Number(known) + Figures.Space + unit,
            };

    /// <summary>A difference in its unit, with its sign.</summary>
    public static string Difference(double? value, string unit, Figures f) =>
        value is not { } known ? Figures.None
        : known > 0 ? "+" + Value(known, unit, f)
        : known < 0 ? "−" + Value(-known, unit, f)
        : Value(0, unit, f);

    /// <summary>An interval in brackets; empty when there is none.</summary>
    public static string Interval(Interval? interval, string unit, Figures f) =>
        interval is { } ends && (ends.Low ?? ends.High) is not null ? $"[{Value(ends.Low, unit, f)}, {Value(ends.High, unit, f)}]" : "";

    /// <summary>An interval of a difference.</summary>
    public static string DifferenceInterval(Interval? interval, string unit, Figures f) =>
        interval is { } ends && (ends.Low ?? ends.High) is not null ? $"[{Difference(ends.Low, unit, f)}, {Difference(ends.High, unit, f)}]" : "";

    /// <summary>A limit: ≥ 0.700.</summary>
    public static string Limit(ReportGate gate, Figures f) =>
        (gate.Threshold.Side == ThresholdSide.AtLeast ? "≥" : "≤") + Figures.Space + Value(gate.Threshold.Value, gate.Unit, f);

    /// <summary>The unit of a chart's axis.</summary>
    public static string ChartUnit(string unit) =>
        unit switch
        {
            "ms" => "ms",
            "usd" => "usd",
            "" => "score",
            _ => "count",
        };
}
