using Assay.Server.Costs;
using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Tests.Surface;

public sealed class ReaderTests
{
    [Theory]
    [InlineData(null, "ru-RU,ru;q=0.9,en;q=0.8", Language.Ru)]
    [InlineData(null, "de-DE,de;q=0.9,en;q=0.5,ru;q=0.7", Language.Ru)]
    [InlineData(null, "de-DE", Language.En)]
    [InlineData(null, "", Language.En)]
    [InlineData("en", "ru-RU", Language.En)]
    [InlineData("ru", "en-GB", Language.Ru)]
    [InlineData("xx", "ru", Language.Ru)]
    public void The_language_is_the_cookies_and_else_the_one_that_the_browser_likes_best(string? cookie, string header, Language language) =>
        Reader.ChooseLanguage(cookie, header).ShouldBe(language);

    [Fact]
    public void A_link_changes_one_value_of_the_address_and_keeps_the_others_without_the_mark_of_the_page()
    {
        var reader = Of("/traces", "?service=a%20b&range=1h&after=mark&name=");

        reader.With("range", "7d").ShouldBe("/traces?service=a%20b&range=7d");
        reader.With("service", null).ShouldBe("/traces?range=1h");
        reader.Service.ShouldBe("a b");
        reader.Query("name").ShouldBeNull();
    }

    [Theory]
    [InlineData("/releases/x@1.2/rollback", "rollback")]
    [InlineData("/releases/x@1.2/Rollback", "rollback")]
    [InlineData("/releases/x@1.2/rollback/", "rollback")]
    [InlineData("/releases/x@1.2/PROMOTE//", "promote")]
    [InlineData("/releases/rollback", "rollback")]
    [InlineData("/releases/x@1.2/rollbacks", null)]
    [InlineData("/releases/x@1.2", null)]
    [InlineData("/", null)]
    public void An_act_is_what_the_address_says_and_never_what_it_does_not(string path, string? act) => Of(path, "").Act("rollback", "promote").ShouldBe(act);

    [Theory]
    [InlineData(0, "15m")]
    [InlineData(15, "15m")]
    [InlineData(16, "1h")]
    [InlineData(61, "6h")]
    [InlineData(361, "24h")]
    [InlineData(60 * 24 * 20, "24h")]
    public void Who_has_not_chosen_sees_the_shortest_range_that_covers_the_data(int minutes, string range)
    {
        var oldest = StandingTime.Now.AddMinutes(-minutes);
        Of("/", "", oldest).Range.Name.ShouldBe(range);
        Of("/", "", oldest).ChosenRange.ShouldBeNull();
        Of("/", "?range=7d", oldest).Range.Name.ShouldBe("7d");
        Of("/", "", oldest: null).Range.Name.ShouldBe("15m");
    }

    [Fact]
    public void What_is_told_by_the_hour_is_divided_by_the_time_since_the_first_event()
    {
        Of("/", "?range=24h", StandingTime.Now.AddHours(-2)).Watched.ShouldBe(TimeSpan.FromHours(2));
        Of("/", "?range=1h", StandingTime.Now.AddHours(-2)).Watched.ShouldBe(TimeSpan.FromHours(1));
        Of("/", "?range=1h", StandingTime.Now.AddHours(2)).Watched.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("15m")]
    [InlineData("24h")]
    [InlineData("7d")]
    [InlineData("nonsense")]
    public void A_window_ends_now_and_its_points_begin_at_whole_steps(string range)
    {
        var now = new DateTimeOffset(2026, 3, 12, 14, 37, 20, TimeSpan.Zero);
        var window = TimeRange.Named(range).Until(now);

        window.Before.ShouldBeGreaterThanOrEqualTo(now);
        (window.Before - window.From).ShouldBe(TimeRange.Named(range).Length);
        (window.First.UtcTicks % window.Step.Ticks).ShouldBe(0);
        window.PointOf(now).ShouldBe(window.Points - 1);
        Enumerable.Range(0, window.Points).Sum(i => window.Covered(i).Ticks).ShouldBe((window.Before - window.From).Ticks);
    }

    [Theory]
    [InlineData(7 * 24 * 60)]
    [InlineData(7)]
    [InlineData(90)]
    public void Points_begin_where_those_of_the_store_do_also_when_the_window_does_not(int stepMinutes)
    {
        var step = TimeSpan.FromMinutes(stepMinutes);
        var from = new DateTimeOffset(2026, 3, 11, 14, 38, 0, TimeSpan.Zero);
        var window = new TimeWindow(from, from + (step * 5), step);
        var aligned = AskedWindow.Aligned(window.From, window.Before, step);

        window.Points.ShouldBe(6);
        aligned.Points.ShouldBe(6);
        for (var i = 0; i < window.Points; i++)
        {
            ((window.At(i) - DateTimeOffset.UnixEpoch).Ticks % step.Ticks).ShouldBe(0);
            (window.PointOf(window.At(i)), aligned.PointOf(window.At(i))).ShouldBe((i, i));
            window.PointOf(window.At(i) + step - TimeSpan.FromTicks(1)).ShouldBe(i);
        }
    }

    private static Reader Of(string path, string query, DateTimeOffset? oldest = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(query);
        return new Reader(context, new StandingTime(), oldest);
    }

    private sealed class StandingTime : TimeProvider
    {
        public static readonly DateTimeOffset Now = new(2026, 3, 12, 14, 30, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
