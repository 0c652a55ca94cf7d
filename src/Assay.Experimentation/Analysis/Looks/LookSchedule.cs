namespace Assay.Experimentation.Analysis.Looks;

/// <summary>
/// When the hub looks at an experiment by itself: at the multiples of its interval since 1970 UTC, a daily look at midnight. So a restart moves nothing, and of
/// the looks that a stopped hub has missed one is made.
/// </summary>
internal static class LookSchedule
{
    /// <summary>The time at which a look is due now; null when none is.</summary>
    /// <param name="every">The interval; null for never.</param>
    /// <param name="last">The last look of the schedule; null when there was none.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? Due(TimeSpan? every, DateTimeOffset? last, DateTimeOffset now)
    {
        if (every is not { } interval)
        {
            return null;
        }

        var due = Before(interval, now);
        return last >= due ? null : due;
    }

    /// <summary>The next time that a look becomes due.</summary>
    /// <param name="every">The interval.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset Next(TimeSpan every, DateTimeOffset now) => Before(every, now) + every;

    private static DateTimeOffset Before(TimeSpan every, DateTimeOffset now)
    {
        var since = (now - DateTimeOffset.UnixEpoch).Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(since - (since % every.Ticks));
    }
}
