namespace Assay.Server.Surface.Reading;

/// <summary>A span of time up to now that a reader can choose, with the width of a point in its charts.</summary>
/// <param name="Name">As in the address: <c>15m</c>, <c>1h</c>, <c>6h</c>, <c>24h</c>, <c>7d</c>, <c>30d</c>.</param>
/// <param name="Length">How long.</param>
/// <param name="Step">The width of a point: 48 to 72 points in all, 15 in the shortest, since sums are kept by the minute.</param>
/// <param name="Text">As on its button.</param>
public sealed record TimeRange(string Name, TimeSpan Length, TimeSpan Step, Phrase Text)
{
    /// <summary>All, the shortest first.</summary>
    public static readonly IReadOnlyList<TimeRange> All =
    [
        new("15m", TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(1), new("15\u00a0min", "15\u00a0мин")),
        new("1h", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), new("1\u00a0h", "1\u00a0ч")),
        new("6h", TimeSpan.FromHours(6), TimeSpan.FromMinutes(5), new("6\u00a0h", "6\u00a0ч")),
        new("24h", TimeSpan.FromHours(24), TimeSpan.FromMinutes(30), new("24\u00a0h", "24\u00a0ч")),
        new("7d", TimeSpan.FromDays(7), TimeSpan.FromHours(3), new("7\u00a0d", "7\u00a0д")),
        new("30d", TimeSpan.FromDays(30), TimeSpan.FromHours(12), new("30\u00a0d", "30\u00a0д")),
    ];

    /// <summary>The range of a name; 24 hours for a name that is none.</summary>
    public static TimeRange Named(string? name) => All.FirstOrDefault(r => r.Name == name) ?? Day;

    /// <summary>
    /// What a reader sees who has not chosen: the shortest range that reaches back to the oldest event, 24 hours at most, so that the first minutes of a
    /// hub are not one point at the end of an empty day.
    /// </summary>
    /// <param name="oldest">The begin of the oldest event; null when there is none yet.</param>
    /// <param name="now">The time.</param>
    internal static TimeRange Covering(DateTimeOffset? oldest, DateTimeOffset now) =>
        oldest is { } begin ? All.FirstOrDefault(r => r.Length >= now - begin && r.Length <= Day.Length) ?? Day : All[0];

    /// <summary>How often a page of this range is read again while somebody looks at it.</summary>
    internal TimeSpan Refresh =>
        TimeSpan.FromSeconds(
            Length <= TimeSpan.FromHours(1) ? 10
            : Length <= Day.Length ? 30
            : 120
        );

    private static TimeRange Day => All[3];

    /// <summary>The window of this range that ends now.</summary>
    public TimeWindow Until(DateTimeOffset now)
    {
        // Sums are kept by the minute, older ones by the hour: the window begins and ends on these.
        var grain = Length > TimeSpan.FromDays(1) ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1);
        var ticks = (now.UtcTicks + grain.Ticks - 1) / grain.Ticks * grain.Ticks;
        var before = new DateTimeOffset(ticks, TimeSpan.Zero);
        return new TimeWindow(before - Length, before, Step);
    }
}

/// <summary>A window in time, cut in points at whole steps since 1970: the first and the last may lie in it only in part.</summary>
/// <param name="From">The begin.</param>
/// <param name="Before">The end.</param>
/// <param name="Step">The width of a point, as sums are kept: whole minutes, or all of the window.</param>
public sealed record TimeWindow(DateTimeOffset From, DateTimeOffset Before, TimeSpan Step)
{
    /// <summary>The begin of the first point.</summary>
    public DateTimeOffset First => Floor(From, Step);

    /// <summary>How many points.</summary>
    public int Points => (int)((Before - First + Step - TimeSpan.FromTicks(1)) / Step);

    /// <summary>As long a window, right before this one.</summary>
    public TimeWindow Previous => new(From - (Before - From), From, Step);

    /// <summary>The point that a time lies in.</summary>
    public int PointOf(DateTimeOffset at) => (int)Math.Clamp((at - First).Ticks / Step.Ticks, 0, Points - 1);

    /// <summary>The begin of a point.</summary>
    public DateTimeOffset At(int point) => First + (Step * point);

    /// <summary>The whole step at or before a time, counted from 1970 UTC as the store does: weeks do not begin where those since the year 1 do.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step)
    {
        var since = (time - DateTimeOffset.UnixEpoch).Ticks;
        var rest = since % step.Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(since - (rest < 0 ? rest + step.Ticks : rest));
    }

    /// <summary>How much of a point lies in the window. Of the last one a part may not have passed yet: rates divide by <see cref="Elapsed"/>.</summary>
    public TimeSpan Covered(int point)
    {
        var begin = At(point);
        var end = begin + Step;
        return (end < Before ? end : Before) - (begin > From ? begin : From);
    }

    // Of a quarter of a step at least: a request that happens to fall into three seconds of a minute would be told as twenty a minute.
    private const double LeastElapsed = 0.25;

    /// <summary>
    /// How much of a point lies in the window and has passed: rates divide by this. The window ends on a whole minute or hour, thus after
    /// <paramref name="now"/>. Null where less than a quarter of a step has passed, which says nothing of a rate.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="now">The time.</param>
    internal TimeSpan? Elapsed(int point, DateTimeOffset now)
    {
        var begin = At(point);
        var ends = new[] { begin + Step, Before, now }.Min();
        var elapsed = ends - (begin > From ? begin : From);
        return elapsed >= Step * LeastElapsed ? elapsed : null;
    }
}
