using Assay.Catalogs;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Tests.Experiments;

namespace Assay.Experimentation.Tests.Analysis;

public sealed class LookScheduleTests
{
    private const string Arms = "variants: [{ name: control, weight: 50 }, { name: new, weight: 50 }]";

    private static readonly DateTimeOffset Noon = new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "2026-03-12T12:00Z")]
    [InlineData(6, "2026-03-12T12:00Z")]
    [InlineData(5, "2026-03-12T09:00Z")]
    [InlineData(24, "2026-03-12T00:00Z")]
    public void A_look_is_due_at_the_multiples_of_its_interval(int hours, string due) =>
        LookSchedule.Due(TimeSpan.FromHours(hours), null, Noon.AddMinutes(59)).ShouldBe(Time(due));

    [Theory]
    [InlineData("2026-03-12T11:59:59Z", true)]
    [InlineData("2026-03-12T12:00:00Z", false)]
    [InlineData("2026-03-12T13:00:00Z", false)]
    [InlineData("2026-03-05T00:00:00Z", true)]
    public void It_is_due_once_however_many_were_missed(string last, bool isDue) =>
        (LookSchedule.Due(TimeSpan.FromHours(6), Time(last), Noon.AddHours(1)) == Noon).ShouldBe(isDue);

    [Fact]
    public void A_clock_that_went_back_makes_no_look_a_second_time() => LookSchedule.Due(TimeSpan.FromHours(6), Noon, Noon.AddHours(-3)).ShouldBeNull();

    [Fact]
    public void Never_is_never() => LookSchedule.Due(null, null, Noon).ShouldBeNull();

    [Fact]
    public void The_next_one_is_an_interval_after_the_last() => LookSchedule.Next(TimeSpan.FromHours(6), Noon.AddHours(1)).ShouldBe(Noon.AddHours(6));

    [Theory]
    [InlineData("", 24 * 60)]
    [InlineData("lookEvery:", 24 * 60)]
    [InlineData("lookEvery: ~", 24 * 60)]
    [InlineData("lookEvery: 6h", 6 * 60)]
    [InlineData("lookEvery: 10m", 10)]
    [InlineData("lookEvery: 90d", 90 * 24 * 60)]
    [InlineData("lookEvery: never", null)]
    public void An_interval_is_read_and_a_day_without_one(string line, int? minutes) =>
        (LookInterval.Of(CatalogFile.Parse<ExperimentFile>($"name: a\n{line}\n{Arms}", "e.yaml")[0])?.TotalMinutes).ShouldBe(minutes);

    [Theory]
    [InlineData("9m")]
    [InlineData("91d")]
    [InlineData("0h")]
    [InlineData("-1d")]
    [InlineData("6")]
    [InlineData("h")]
    [InlineData("six hours")]
    [InlineData("999999999999h")]
    [InlineData("2147483647h")]
    public void What_is_no_interval_is_refused_with_its_place(string text)
    {
        var fault = Should.Throw<AssayException>(() => ExperimentSetTests.Read($"name: a\nlookEvery: {text}\n{Arms}"));
        fault.Message.ShouldStartWith("experiments.yaml:1: experiment 'a': lookEvery");
        fault.Fix.ShouldContain("6h");
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
