using System.Globalization;

namespace Assay.Experimentation.Flags.Conditions;

/// <summary>
/// Moments of RFC 3339, and days, read without allocating (the platform's own parsing allocates for most formats). A day is its begin in UTC; without an
/// offset UTC is meant; more than seven digits of a second are cut; a leap second counts as the second after 59.
/// </summary>
internal static class Moment
{
    private const int DayCharacters = 10;
    private const int SecondCharacters = 19;
    private const int TickDigits = 7;

    /// <summary>As ticks of UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        if (!TryDay(text, out ticks))
        {
            return false;
        }

        if (text.Length == DayCharacters)
        {
            return true;
        }

        return text.Length >= SecondCharacters
            && text[DayCharacters] is 'T' or 't' or ' '
            && TryTime(text[(DayCharacters + 1)..SecondCharacters], ref ticks)
            && TryRest(text[SecondCharacters..], ref ticks);
    }

    private static bool TryDay(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (
            text.Length < DayCharacters
            || text[4] != '-'
            || text[7] != '-'
            || !TryNumber(text[..4], 1, 9999, out var year)
            || !TryNumber(text[5..7], 1, 12, out var month)
            || !TryNumber(text[8..10], 1, DateTime.DaysInMonth(year, month), out var day)
        )
        {
            return false;
        }

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> text, ref long ticks)
    {
        if (
            text[2] != ':'
            || text[5] != ':'
            || !TryNumber(text[..2], 0, 23, out var hour)
            || !TryNumber(text[3..5], 0, 59, out var minute)
            || !TryNumber(text[6..8], 0, 60, out var second)
        )
        {
            return false;
        }

        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        return true;
    }

    private static bool TryRest(ReadOnlySpan<char> text, ref long ticks)
    {
        if (text is ['.', .. var behind])
        {
            var digits = Digits.Leading(behind);
            if (digits == 0)
            {
                return false;
            }

            ticks += Fraction(behind[..digits]);
            text = behind[digits..];
        }

        return text is "" or "Z" or "z" || TryOffset(text, ref ticks);
    }

    private static long Fraction(ReadOnlySpan<char> digits)
    {
        var fraction = 0L;
        for (var i = 0; i < TickDigits; i++)
        {
            fraction = (fraction * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return fraction;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, ref long ticks)
    {
        if (
            text.Length != 6
            || text[0] is not ('+' or '-')
            || text[3] != ':'
            || !TryNumber(text[1..3], 0, 23, out var hours)
            || !TryNumber(text[4..], 0, 59, out var minutes)
        )
        {
            return false;
        }

        var offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks += text[0] == '+' ? -offset : offset;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
