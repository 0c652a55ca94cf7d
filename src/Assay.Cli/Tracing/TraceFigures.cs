using System.Globalization;
using Assay.Server.Traces;

namespace Assay.Cli.Tracing;

/// <summary>Figures of traces in few columns.</summary>
internal static class TraceFigures
{
    public static string Duration(double ms) =>
        ms switch
        {
            < 1 => string.Create(CultureInfo.InvariantCulture, $"{ms * 1000:0} µs"),
            < 10 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.0} ms"),
            < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms"),
            < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000:0.00} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000:0.0} min"),
        };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>Dollars with four digits that say something: <c>$0.00001234</c>.</summary>
    public static string Dollars(decimal usd)
    {
        if (usd == 0)
        {
            return "$0";
        }

        var digits = Math.Clamp(3 - (int)Math.Floor(Math.Log10((double)Math.Abs(usd))), 2, 12);
        return "$" + Math.Round(usd, digits).ToString("0.############", CultureInfo.InvariantCulture);
    }

    /// <summary>The cost of model calls; what is unknown is said.</summary>
    public static string Cost(TraceCost cost)
    {
        if (cost.Calls == 0)
        {
            return "-";
        }

        return cost.Unpriced == cost.Calls ? "unknown" : Dollars(cost.Usd) + (cost.Unpriced > 0 ? "+?" : "");
    }

    public static string Fit(string text, int width) => text.Length <= width ? text : text[..Math.Max(0, width - 1)] + "…";

    /// <summary>Text of others on one line: what moves a terminal's cursor is not let through.</summary>
    public static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
