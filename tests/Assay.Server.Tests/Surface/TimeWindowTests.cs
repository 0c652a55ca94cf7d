using Assay.Server.Surface.Reading;

namespace Assay.Server.Tests.Surface;

public sealed class TimeWindowTests
{
    [Fact]
    public void A_rate_divides_by_the_time_that_has_passed()
    {
        var now = new DateTimeOffset(2026, 3, 12, 14, 20, 40, TimeSpan.Zero);
        var day = TimeRange.Named("24h").Until(now);
        var week = TimeRange.Named("7d").Until(now);

        // The day ends at 14:21 and its last half hour began at 14:00; the week ends at 15:00 and its last three hours began at 12:00.
        day.Elapsed(day.Points - 1, now).ShouldBe(new TimeSpan(0, 20, 40));
        week.Elapsed(week.Points - 1, now).ShouldBe(new TimeSpan(2, 20, 40));
        week.Covered(week.Points - 1).ShouldBe(TimeSpan.FromHours(3));
        day.Elapsed(1, now).ShouldBe(day.Step);
        day.Elapsed(0, now).ShouldBe(TimeSpan.FromMinutes(9), "the window begins at 14:21");
    }

    [Fact]
    public void Less_than_a_quarter_of_a_step_says_nothing_of_a_rate()
    {
        var hour = TimeRange.Named("1h");
        var now = new DateTimeOffset(2026, 3, 12, 14, 20, 14, TimeSpan.Zero);
        hour.Until(now).Elapsed(59, now).ShouldBeNull();
        hour.Until(now.AddSeconds(1)).Elapsed(59, now.AddSeconds(1)).ShouldBe(TimeSpan.FromSeconds(15));
    }
}
