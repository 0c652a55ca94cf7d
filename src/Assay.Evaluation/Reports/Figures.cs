using System.Globalization;

namespace Assay.Evaluation.Reports;

/// <summary>Numbers as people read them, in the language of a report.</summary>
/// <param name="language"><c>en</c> or <c>ru</c>.</param>
internal sealed class Figures(string language)
{
    private const string NoBreak = "\u00a0";

    public bool IsRussian { get; } = language == "ru";

    /// <summary>The text in the report's language.</summary>
    public string Say(string english, string russian) => IsRussian ? russian : english;

    /// <summary>A figure with its unit, 3 to 4 significant digits; a dash for none.</summary>
    public string Of(double? value, string unit) =>
        value is not { } number ? "–"
        : unit == "usd" ? (number < 0 ? "−$" : "$") + Dollars(Math.Abs(number))
        : unit.Length > 0 && number == 0 ? "0" + NoBreak + Unit(unit)
        : unit.Length > 0 ? Digits(number, Decimals(number)) + NoBreak + Unit(unit)
        : Digits(number, Math.Abs(number) >= 100 ? 0 : 3);

    /// <summary>A share as a percentage.</summary>
    public string Percent(double share) => Digits(share * 100, share is 0 or 1 ? 0 : 1) + (IsRussian ? NoBreak : "") + "%";

    /// <summary><c>[low, high]</c>; an unknown end is a dash.</summary>
    public string Interval(double? low, double? high, string unit) => $"[{Of(low, unit)}{Say(", ", "; ")}{Of(high, unit)}]";

    /// <summary>A whole number with groups of thousands.</summary>
    public string Count(long count) => Grouped(count.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary><c>1 case</c>, <c>7 cases</c>; <c>1 пример</c>, <c>2 примера</c>, <c>5 примеров</c>.</summary>
    public string Cases(long count) =>
        Count(count)
        + NoBreak
        + (
            IsRussian ? Russian(count, "пример", "примера", "примеров")
            : count == 1 ? "case"
            : "cases"
        );

    /// <summary>The form of a Russian noun after a number.</summary>
    public static string Russian(long count, string one, string few, string many) =>
        (count % 100) is >= 11 and <= 14 ? many
        : (count % 10) == 1 ? one
        : (count % 10) is >= 2 and <= 4 ? few
        : many;

    private static int Decimals(double number) =>
        Math.Abs(number) switch
        {
            >= 100 => 0,
            >= 10 => 1,
            >= 1 => 2,
            _ => 3,
        };

    /// <summary>Cents from ten cents on, else as many digits as a small price has.</summary>
    private string Dollars(double amount) =>
        Grouped(
            amount.ToString(
                amount >= 0.1 ? "#,0.00"
                    : amount >= 0.001 ? "0.####"
                    : "0.########",
                CultureInfo.InvariantCulture
            )
        );

    private string Digits(double number, int decimals)
    {
        var text = Math.Abs(number).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var isZero = text.All(c => c is '0' or '.' or ',');
        return (number < 0 && !isZero ? "−" : "") + Grouped(text);
    }

    private string Grouped(string text) => IsRussian ? text.Replace(",", NoBreak).Replace('.', ',') : text;

    private string Unit(string unit) =>
        !IsRussian ? unit
        : unit == "ms" ? "мс"
        : unit == "tokens" ? "токенов"
        : unit == "characters" ? "символов"
        : unit;
}
