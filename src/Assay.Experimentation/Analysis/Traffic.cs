using Assay.Stores;

namespace Assay.Experimentation.Analysis;

/// <summary>How fast new units arrive.</summary>
/// <param name="UnitsPerDay">New units a day over all arms; 0 when unknown.</param>
internal sealed record Traffic(double UnitsPerDay)
{
    // Weekdays differ: a week holds each once.
    private const int Days = 7;

    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <summary>The rate over the last seven whole days; over all time while there are none.</summary>
    public static Traffic Of(ExperimentSums sums, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var whole = sums.ByDay.Where(d => d.Day < today && d.Day >= today.AddDays(-Days)).ToList();
        if (whole.Count > 0 && sums.First is { } first && DateOnly.FromDateTime(first.UtcDateTime) < whole[0].Day)
        {
            // The first day of these is whole too: the experiment began before it.
            return new Traffic(whole.Sum(d => d.Units) / (double)(today.DayNumber - whole[0].Day.DayNumber));
        }

        return sums.First is not { } begin ? new Traffic(0) : new Traffic(sums.Variants.Sum(v => v.Units) / Longer(now - begin).TotalDays);
    }

    /// <summary>The days until so many more units have come; null when none come.</summary>
    public double? DaysFor(double units) => UnitsPerDay > 0 ? units / UnitsPerDay : null;

    private static TimeSpan Longer(TimeSpan time) => time < Least ? Least : time;
}
