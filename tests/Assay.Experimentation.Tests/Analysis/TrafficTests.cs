using Assay.Experimentation.Analysis;
using Assay.Stores;

namespace Assay.Experimentation.Tests.Analysis;

/// <summary>How fast new units arrive: a day without one is a day too.</summary>
public sealed class TrafficTests
{
    // A Saturday.
    private static readonly DateOnly Today = new(2026, 3, 14);

    private static readonly DateTimeOffset Now = new(Today, new TimeOnly(12, 0), TimeSpan.Zero);

    [Fact]
    public void A_service_of_weekdays_has_the_rate_of_its_weeks()
    {
        // Monday to Friday; nobody came at the week's end before.
        PerDay([-21, -5, -4, -3, -2, -1], 700).ShouldBe(500);
    }

    [Fact]
    public void Units_of_yesterday_alone_are_those_of_a_week() => PerDay([-20, -1], 700).ShouldBe(100);

    [Fact]
    public void When_nobody_comes_any_more_nothing_is_promised()
    {
        PerDay([-20, -9], 700).ShouldBe(0);
        new Traffic(0).DaysFor(100).ShouldBeNull();
    }

    [Fact]
    public void Of_a_young_experiment_the_whole_days_since_its_first_count()
    {
        PerDay([-4, -3, -1], 300).ShouldBe(200);
        PerDay([-4], 300).ShouldBe(0);
    }

    [Fact]
    public void Before_a_whole_day_is_over_all_time_counts()
    {
        PerDay([-1], 300).ShouldBe(300);
        PerDay([0], 300, begin: Now.AddHours(-6)).ShouldBe(1200);
        Traffic.Of(new ExperimentSums([]), Now).UnitsPerDay.ShouldBe(0);
    }

    /// <summary>So many units on each of some days, counted from today; it began on the first of them at noon.</summary>
    private static double PerDay(IReadOnlyList<int> days, long units, DateTimeOffset? begin = null)
    {
        var sums = new ExperimentSums([new VariantSums("control", units * days.Count, [])])
        {
            First = begin ?? Now.AddDays(days[0]),
            ByDay = [.. days.Select(d => new ExposedUnits(Today.AddDays(d), "control", units))],
        };
        return Traffic.Of(sums, Now).UnitsPerDay;
    }
}
