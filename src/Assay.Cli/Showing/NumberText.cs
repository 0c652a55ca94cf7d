using System.Globalization;
using Assay.Statistics;

namespace Assay.Cli.Showing;

/// <summary>Numbers as a reader wants them: three digits of what is uncertain, thousands parted, exponents only where zeros would fill the line.</summary>
internal static class NumberText
{
    private const int Significant = 3;
    private const int MostDecimals = 6;
    private const double Large = 1e9;

    /// <summary>Three significant digits: <c>5.73</c>, <c>12,300</c>, <c>4.1e-9</c>.</summary>
    public static string Of(double value) => Of(value, value);

    /// <summary>As many decimals as give <paramref name="scale"/> three significant digits.</summary>
    public static string Of(double value, double scale)
    {
        var size = Math.Abs(scale) > 0 ? Math.Abs(scale) : Math.Abs(value);
        if (size == 0)
        {
            return "0";
        }

        var decimals = Significant - 1 - (int)Math.Floor(Math.Log10(size));
        return decimals > MostDecimals || Math.Abs(value) >= Large
            ? value.ToString("0.###e+0", CultureInfo.InvariantCulture)
            : Math.Round(value, Math.Max(0, decimals)).ToString($"#,0.{new string('0', Math.Max(0, decimals))}", CultureInfo.InvariantCulture);
    }

    /// <summary>As <see cref="Of(double, double)"/>, with an exponent when that would take <paramref name="width"/> characters or more.</summary>
    public static string Fit(double value, double scale, int width)
    {
        var text = Of(value, scale);
        return text.Length < width ? text : value.ToString("0.#####e+0", CultureInfo.InvariantCulture);
    }

    /// <summary><c>1 case</c>, <c>1,200 cases</c>.</summary>
    public static string Counted(long count, string noun) => count.ToString("#,0", CultureInfo.InvariantCulture) + $" {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A number as it was given.</summary>
    public static string Plain(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share as per cent, with no more digits than it has: <c>95 %</c>, <c>4.8 %</c>.</summary>
    public static string Percent(double share) => (100 * share).ToString("#,0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>Three significant digits at most, as per cent, of the share or of what it lacks: <c>80 %</c>, <c>8.38 %</c>, <c>0.00417 %</c>, <c>99.95 %</c>.</summary>
    public static string ShortPercent(double share)
    {
        var text = Of(100 * share, 100 * (share is > 0.5 and < 1 ? 1 - share : share));
        return (text.Contains('.') && !text.Contains('e') ? text.TrimEnd('0').TrimEnd('.') : text) + " %";
    }

    /// <summary>Three significant digits, by its exponent below 0.001, however small: <c>2.1e-423</c>.</summary>
    public static string Of(PValue p)
    {
        if (p.Value >= 0.001)
        {
            return p.Value.ToString(p.Value >= 0.1 ? "0.000" : "0.0000", CultureInfo.InvariantCulture);
        }

        var exponent = Math.Floor(p.Log10);
        var digits = Math.Round(Math.Pow(10, p.Log10 - exponent), 1);
        return digits >= 10
            ? string.Create(CultureInfo.InvariantCulture, $"1.0e{exponent + 1:0}")
            : string.Create(CultureInfo.InvariantCulture, $"{digits:0.0}e{exponent:0}");
    }

    /// <summary>A p-value that has no logarithm with it: <c>= 0.0412</c>, or <c>&lt; 1e-307</c> where a double ends.</summary>
    public static string EqualsP(double p) =>
        p < 1e-307
            ? "< 1e-307"
            : "= "
                + p.ToString(
                    p >= 0.1 ? "0.000"
                        : p >= 0.001 ? "0.0000"
                        : "0.0e+0",
                    CultureInfo.InvariantCulture
                );

    /// <summary><c>p = 0.0412</c>, or <c>p = 2.1e-423</c>.</summary>
    public static string Equation(PValue p) => $"p = {Of(p)}";

    /// <summary>Both ends as <paramref name="number"/> writes them: <c>-13.1 to 1.6</c>, <c>at least -13.1</c>, <c>at most 1.6</c>.</summary>
    public static string Of(Interval interval, Func<double, string> number) =>
        (interval.Low, interval.High) switch
        {
            ({ } low, { } high) => $"{number(low)} to {number(high)}",
            ({ } low, null) => $"at least {number(low)}",
            (null, { } high) => $"at most {number(high)}",
            _ => "unbounded",
        };

    /// <summary>What is uncertain about a result: half its interval, or the distance to its one end; 0 when it has none.</summary>
    public static double Uncertainty(Computed result) =>
        result.Interval switch
        {
            { Low: { } low, High: { } high } => (high - low) / 2,
            { Low: { } low } => result.Estimate - low,
            { High: { } high } => high - result.Estimate,
            _ => 0,
        };
}
