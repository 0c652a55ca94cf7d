using System.Globalization;

namespace Assay.Experimentation.Analysis;

/// <summary>Numbers in sentences: three digits of what is uncertain, thousands parted.</summary>
internal static class FigureText
{
    private const int Significant = 3;
    private const int MostDecimals = 8;
    private const double Large = 1e12;

    /// <summary>Three significant digits: <c>5.73</c>, <c>12,300</c>.</summary>
    public static string Of(double value, string unit = "") => WithUnit(Digits(value, value), unit);

    /// <summary>With its sign: <c>+5.73 ms</c>.</summary>
    public static string Signed(double value, string unit = "") => (value > 0 ? "+" : "") + Of(value, unit);

    /// <summary>Both ends: <c>-1.20 to 3.40 ms</c>, <c>at most 3.40 ms</c>.</summary>
    public static string Interval(double? low, double? high, string unit = "")
    {
        var scale = low is { } l && high is { } h && h > l ? (h - l) / 2 : low ?? high ?? 0;
        return (low, high) switch
        {
            ({ } from, { } to) => $"{Digits(from, scale)} to {WithUnit(Digits(to, scale), unit)}",
            ({ } from, null) => $"at least {WithUnit(Digits(from, scale), unit)}",
            (null, { } to) => $"at most {WithUnit(Digits(to, scale), unit)}",
            _ => "unbounded",
        };
    }

    /// <summary><c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A share as per cent: <c>4.2 %</c>.</summary>
    public static string Percent(double share)
    {
        var text = Digits(100 * share, 100 * share);
        return (text.Contains('.') && !text.Contains('e') ? text.TrimEnd('0').TrimEnd('.') : text) + " %";
    }

    /// <summary><c>p = 0.0412</c>, <c>p &lt; 1e-300</c>.</summary>
    public static string P(double p) =>
        p <= 1e-300 ? "p < 1e-300"
        : p >= 0.001 ? "p = " + p.ToString(p >= 0.1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture)
        : "p = " + p.ToString("0.0e+0", CultureInfo.InvariantCulture);

    /// <summary>Days as people say them: <c>less than an hour</c>, <c>about 3 hours</c>, <c>about 12 days</c>.</summary>
    public static string Days(double days) =>
        days * 24 < 1 ? "less than an hour"
        : days < 1 ? $"about {Counted((long)Math.Ceiling(days * 24), "hour")}"
        : $"about {Counted((long)Math.Ceiling(Math.Min(days, 1e9)), "day")}";

    /// <summary><c>1 unit</c>, <c>1,200 units</c>.</summary>
    public static string Counted(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Digits(double value, double scale)
    {
        var size = Math.Abs(scale) > 0 ? Math.Abs(scale) : Math.Abs(value);
        if (size == 0)
        {
            return "0";
        }

        var decimals = Significant - 1 - (int)Math.Floor(Math.Log10(size));
        return decimals > MostDecimals || Math.Abs(value) >= Large
            ? value.ToString("0.##e+0", CultureInfo.InvariantCulture)
            : Math.Round(value, Math.Clamp(decimals, 0, MostDecimals)).ToString($"#,0.{new string('0', Math.Max(0, decimals))}", CultureInfo.InvariantCulture);
    }

    private static string WithUnit(string number, string unit) => unit.Length == 0 ? number : $"{number} {unit}";
}
