using Assay.Stores;

namespace Assay.Experimentation.Analysis;

/// <summary>How fast new units arrive.</summary>
/// <param name="UnitsPerDay">New units a day over all arms; 0 when none come, and when unknown.</param>
internal sealed record Traffic(double UnitsPerDay)
{
    // Weekdays differ: a week holds each once.
    private const int Days = 7;

    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <summary>
    /// The rate over the last seven whole days, those on which nobody came included; of a younger experiment over the whole days since its first; over all time while
    /// there are none.
    /// </summary>
    public static Traffic Of(ExperimentSums sums, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (sums.First is not { } begin)
        {
            return new Traffic(0);
        }

        // The day on which it began is a part of a day.
        var second = DateOnly.FromDateTime(begin.UtcDateTime).AddDays(1);
        var from = second > today.AddDays(-Days) ? second : today.AddDays(-Days);
        return from < today
            ? new Traffic(sums.ByDay.Where(d => d.Day >= from && d.Day < today).Sum(d => d.Units) / (double)(today.DayNumber - from.DayNumber))
            : new Traffic(sums.Variants.Sum(v => v.Units) / Longer(now - begin).TotalDays);
    }

    /// <summary>The days until so many more units have come; null when none come.</summary>
    public double? DaysFor(double units) => UnitsPerDay > 0 ? units / UnitsPerDay : null;

    private static TimeSpan Longer(TimeSpan time) => time < Least ? Least : time;
}
