using System.Globalization;
using Assay.Catalogs;

namespace Assay.Releases.Files;

/// <summary>Lengths of time as release files write them: <c>30s</c>, <c>10m</c>, <c>4h</c>, <c>7d</c>; a whole number above 0 and one unit, at most 3,650 days.</summary>
internal static class Durations
{
    /// <summary>What may be written, for errors.</summary>
    public const string Fix = "Write a whole number and one of s, m, h, d: 30s, 10m, 4h, 7d. At most 3650d.";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>A length of time; null for a text that is none.</summary>
    public static TimeSpan? TryRead(string? text)
    {
        if (
            text is not { Length: >= 2 and <= 12 }
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            return null;
        }

        var seconds = text[^1] switch
        {
            's' => 1L,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => 0,
        };
        return seconds > 0 && count > 0 && count <= Longest.TotalSeconds / seconds ? TimeSpan.FromSeconds(count * seconds) : null;
    }

    /// <summary>The same, or milliseconds: <c>250ms</c>; for what is over within seconds.</summary>
    public static TimeSpan? TryReadFine(string? text) =>
        text is [.. var digits, 'm', 's']
        && digits.Length is > 0 and <= 10
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count > 0
            ? TimeSpan.FromMilliseconds(count)
            : TryRead(text);

    /// <summary>A length of time of a release file.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="key">Its key.</param>
    /// <param name="text">What stands there.</param>
    /// <exception cref="AssayException">It is none (exit code 2); the message names file and line.</exception>
    public static TimeSpan Read(CatalogEntry place, string key, string? text) =>
        TryRead(text) ?? throw place.Place.Error($"'{key}: {text}' is no length of time.", Fix);

    /// <summary>The same, or milliseconds.</summary>
    /// <exception cref="AssayException">It is none (exit code 2); the message names file and line.</exception>
    public static TimeSpan ReadFine(CatalogEntry place, string key, string? text) =>
        TryReadFine(text) ?? throw place.Place.Error($"'{key}: {text}' is no length of time.", "Write a whole number and one of ms, s, m: 250ms, 2s, 1m.");

    /// <summary>As files write it, in the largest unit that is whole: <c>90m</c>, <c>2d</c>.</summary>
    public static string Text(TimeSpan length)
    {
        var seconds = (long)Math.Round(length.TotalSeconds);
        var (count, unit) =
            seconds == 0 ? (0, 's')
            : seconds % 86_400 == 0 ? (seconds / 86_400, 'd')
            : seconds % 3_600 == 0 ? (seconds / 3_600, 'h')
            : seconds % 60 == 0 ? (seconds / 60, 'm')
            : (seconds, 's');
        return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }
}
