using System.Globalization;
using Assay.Prices;

namespace Assay.Server.Surface.Reading;

/// <summary>A value and its unit, which a tile sets in two sizes.</summary>
/// <param name="Value">The digits.</param>
/// <param name="Unit">The unit; empty when there is none.</param>
public readonly record struct Quantity(string Value, string Unit)
{
    /// <summary>Both, with a no-break space between.</summary>
    public override string ToString() => Unit.Length == 0 ? Value : Value + Figures.Space + Unit;
}

/// <summary>
/// Numbers as a reader of a language writes them: 3 significant digits, a real minus, no-break spaces before units and in Russian thousands,
/// a decimal comma in Russian, "–" for none.
/// </summary>
/// <param name="language">The language.</param>
public sealed class Figures(Language language)
{
    /// <summary>A no-break space.</summary>
    public const char Space = '\u00a0';

    /// <summary>What stands where there is no number.</summary>
    public const string None = "–";

    private bool IsRussian => language == Language.Ru;

    /// <summary>A whole number: 412,860.</summary>
    public string Count(long? n) => n is { } known ? Fixed(known, 0) : None;

    /// <summary>A number beside its noun: 412,860 requests.</summary>
    public string Count(long n, Noun noun) => Fixed(n, 0) + Space + noun.For(n, language);

    /// <summary>A number with a fixed count of decimals.</summary>
    public string Fixed(double value, int decimals)
    {
        // A rounded difference may be a negative zero.
        var text = (value == 0 ? 0 : value).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Localised(text);
    }

    /// <summary>A number with a count of significant digits; whole numbers keep all of theirs.</summary>
    public string Number(double? value, int significant = 3) =>
        value is { } known && double.IsFinite(known) ? Fixed(known, Decimals(known, significant)) : None;

    /// <summary>A difference, with its sign.</summary>
    public string Signed(double value, int significant = 3)
    {
        var text = Number(value, significant);
        return value > 0 && text.Any(c => c is >= '1' and <= '9') ? "+" + text : text;
    }

    /// <summary>A share as a percentage: 0.00031 is 0.031 %.</summary>
    public string Percent(double? share, int significant = 3) => Share(share, significant).ToString();

    /// <summary>A share as a percentage in two parts.</summary>
    public Quantity Share(double? share, int significant = 3) => share is { } known ? new(Number(known * 100, significant), "%") : new(None, "");

    /// <summary>A difference of two shares, in percentage points, with its sign: +2.10 pp.</summary>
    internal string Points(double points) => Signed(points) + Space + (IsRussian ? "п. п." : "pp");

    /// <summary>A duration in two parts: 8.2 ms, 1,284 ms, 12.4 s, 3 min 20 s, 2 h 10 min.</summary>
    public Quantity Duration(double? milliseconds) =>
        milliseconds switch
        {
            null => new(None, ""),
            < 1 and var ms => new(Number(ms, 2), Ms),
            < 10_000 and var ms => new(Fixed(ms, ms < 10 ? 1 : 0), Ms),
            < 120_000 and var ms => new(Fixed(ms / 1000, 1), Sec),
            var ms => new(Long(TimeSpan.FromMilliseconds(milliseconds.Value)), ""),
        };

    /// <summary>A duration in a column with others: the same decimals, whole milliseconds where the longest has 100 of them or more.</summary>
    public string DurationInColumn(double milliseconds, double longest) =>
        longest >= 10_000 && milliseconds >= 10_000 ? Duration(milliseconds).ToString()
        : longest >= 100 && milliseconds is > 0 and < 0.5 ? $"<{Space}1{Space}{Ms}"
        : Fixed(milliseconds, longest >= 100 ? 0 : 2) + Space + Ms;

    /// <summary>A duration in words of two units at most: 45 s, 41 min, 2 h 10 min, 8 d 4 h.</summary>
    public string Long(TimeSpan time)
    {
        var t = time.Duration();
        return t.TotalSeconds < 60 ? Part((int)t.TotalSeconds, Sec)
            : t.TotalMinutes < 10 ? Parts((int)t.TotalMinutes, Min, t.Seconds, Sec)
            : t.TotalHours < 1 ? Part((int)t.TotalMinutes, Min)
            : t.TotalDays < 1 ? Parts((int)t.TotalHours, Hour, t.Minutes, Min)
            : Parts((int)t.TotalDays, Day, t.Hours, Hour);
    }

    /// <summary>How long ago: 41 min ago.</summary>
    public string Ago(TimeSpan time) =>
        time < TimeSpan.FromSeconds(5) ? (IsRussian ? "только что" : "just now") : Long(time) + Space + (IsRussian ? "назад" : "ago");

    /// <summary>An amount: $412.86, $0.00352.</summary>
    public string Cost(Money? amount) => amount is { } known ? Dollars((double)known.Dollars) : None;

    /// <summary>An amount in dollars: cents from one dollar on, 3 significant digits below, no cents from ten thousand on.</summary>
    public string Dollars(double amount)
    {
        var size = Math.Abs(amount);
        var decimals =
            size >= 10_000 || size == 0 ? 0
            : size >= 1 ? 2
            : Decimals(size, 3);
        var digits = Fixed(size, decimals);
        return (amount < 0 ? "−$" : "$") + (decimals > 3 ? digits.TrimEnd('0') : digits);
    }

    /// <summary>An amount in a column of amounts: six decimals, more where nothing else would show.</summary>
    public string CostInColumn(Money amount)
    {
        var size = Math.Abs((double)amount.Dollars);
        var decimals = size is > 0 and < 0.000_000_5 ? Decimals(size, 1) : 6;
        return size == 0 ? "$0" : (amount.Pico < 0 ? "−$" : "$") + Fixed(size, decimals);
    }

    /// <summary>A price, without its sign: cents, and as many digits more as it has, six at most: 3.00, 0.075.</summary>
    internal string Price(double amount) => Fixed(amount, Enumerable.Range(2, 5).First(d => d == 6 || Math.Abs(Math.Round(amount, d) - amount) < 1e-9));

    /// <summary>The time of day: 14:30.</summary>
    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A time to the second, without the day when it is today's: 14:21:07.</summary>
    public string Second(DateTimeOffset at, DateTimeOffset now)
    {
        var clock = at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return at.UtcDateTime.Date == now.UtcDateTime.Date ? clock : DayOf(at) + Space + clock;
    }

    /// <summary>The day: 12 Mar.</summary>
    public string DayOf(DateTimeOffset at) => at.UtcDateTime.Day.ToString(CultureInfo.InvariantCulture) + Space + Months[at.UtcDateTime.Month - 1];

    /// <summary>The day with its year: 12 Mar 2026.</summary>
    public string Date(DateTimeOffset at) => $"{DayOf(at)} {at.UtcDateTime.Year.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Day and time of day: 12 Mar 14:30.</summary>
    public string DayAndClock(DateTimeOffset at) => DayOf(at) + Space + Clock(at);

    /// <summary>All of a time: 12 Mar 2026, 14:30 UTC.</summary>
    public string Moment(DateTimeOffset at) => MomentWith(at, "HH:mm");

    /// <summary>All of a time to the millisecond: 12 Mar 2026, 14:21:07.318 UTC.</summary>
    public string Precise(DateTimeOffset at) => MomentWith(at, IsRussian ? "HH:mm:ss','fff" : "HH:mm:ss'.'fff");

    private string[] Months => IsRussian ? RussianMonths : EnglishMonths;

    private string Ms => IsRussian ? "мс" : "ms";

    private string Sec => IsRussian ? "с" : "s";

    private string Min => IsRussian ? "мин" : "min";

    private string Hour => IsRussian ? "ч" : "h";

    private string Day => IsRussian ? "д" : "d";

    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] RussianMonths = ["янв.", "фев.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сен.", "окт.", "нояб.", "дек."];

    private static int Decimals(double value, int significant)
    {
        var size = Math.Abs(value);
        return size == 0 ? 0 : Math.Clamp(significant - 1 - (int)Math.Floor(Math.Log10(size)), 0, 12);
    }

    private string MomentWith(DateTimeOffset at, string clock)
    {
        var utc = at.UtcDateTime;
        return $"{Date(at)}, {utc.ToString(clock, CultureInfo.InvariantCulture)}{Space}UTC";
    }

    private string Part(int n, string unit) => Fixed(n, 0) + Space + unit;

    private string Parts(int n, string unit, int rest, string smaller) => rest == 0 ? Part(n, unit) : Part(n, unit) + Space + Part(rest, smaller);

    private string Localised(string invariant)
    {
        var text = invariant.StartsWith('-') ? "−" + invariant[1..] : invariant;
        return IsRussian ? text.Replace(',', Space).Replace('.', ',') : text;
    }
}
