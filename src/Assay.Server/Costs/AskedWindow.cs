using System.Globalization;
using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Costs;

/// <summary>Reads <c>from</c>, <c>to</c> and <c>step</c> of a report's address.</summary>
internal static class AskedWindow
{
    /// <summary>The most points of a report.</summary>
    public const int MostPoints = 1_000;

    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(1);

    /// <summary>The window that is asked for: the last 24 hours unless said otherwise; without a step one point over all.</summary>
    /// <exception cref="AssayException">A value is no time or no step, or the window is empty (exit code 2); the message names the parameter.</exception>
    public static TimeWindow Read(IQueryCollection query, DateTimeOffset now)
    {
        var before = Time(query, "to") ?? now;
        var from = Time(query, "from") ?? before - DefaultLength;
        if (from >= before)
        {
            throw AssayException.Usage(
                $"'from' ({from:O}) is not before 'to' ({before:O}).",
                "Give an earlier 'from'; times are ISO 8601, as 2026-01-31T12:00:00Z."
            );
        }

        var step = Step(query);
        var window = step is { } width ? Aligned(from, before, width) : new TimeWindow(from, before, before - from);
        return window.Points <= MostPoints
            ? window
            : throw AssayException.Usage($"'step' cuts the window in more than {MostPoints} points.", "Give a longer step or a shorter window.");
    }

    /// <summary>Whether the window is cut in points.</summary>
    public static bool HasSteps(IQueryCollection query) => query["step"].ToString().Length > 0;

    /// <summary>The window, widened to whole steps of UTC: sums over time begin on these.</summary>
    public static TimeWindow Aligned(DateTimeOffset from, DateTimeOffset before, TimeSpan step)
    {
        var last = TimeWindow.Floor(before, step);
        return new TimeWindow(TimeWindow.Floor(from, step), last < before ? last + step : last, step);
    }

    private static DateTimeOffset? Time(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        // A '+' of an offset that was not escaped arrives as a space.
        return DateTimeOffset.TryParse(
            text.Replace(' ', '+'),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : throw AssayException.Usage($"'{name}' is no time: '{text}'.", "Give ISO 8601, as 2026-01-31T12:00:00Z.");
    }

    private static TimeSpan? Step(IQueryCollection query)
    {
        var text = query["step"].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        var unit = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        return unit > TimeSpan.Zero && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 10_000
            ? unit * n
            : throw AssayException.Usage($"'step' is no step: '{text}'.", "Give a whole number of minutes, hours or days: 5m, 1h, 1d.");
    }
}
