using Assay.Prices;
using Assay.Server.Overview;
using Assay.Server.Surface.Reading;
using Assay.Server.Tests.Surface;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Tests.Overview;

public sealed class OverviewTextsTests
{
    private static readonly Reader English = SampleReader.Of("/", "?range=24h");
    private static readonly Reader Russian = SampleReader.Of("/", "?range=24h", "ru");

    [Theory]
    [InlineData(12, 0, 0, 0, "All SLOs are kept", "Все SLO соблюдаются")]
    [InlineData(1, 0, 0, 11, "No SLO fails, 11 of 12 without data", "Нарушенных SLO нет, без данных 11 из 12")]
    [InlineData(1, 0, 2, 9, "No SLO fails, 2 of 12 undecided or burning", "Нарушенных SLO нет, под вопросом 2 из 12")]
    [InlineData(0, 0, 0, 12, "SLOs have no data yet", "Данных для SLO ещё нет")]
    [InlineData(1, 1, 1, 9, "1 of 12 SLOs in the red", "В красной зоне 1 из 12 SLO")]
    public void Missing_data_is_never_a_pass_in_the_line_of_lights(int pass, int fail, int open, int none, string en, string ru)
    {
        var lights = new[] { (pass, Verdict.Pass), (fail, Verdict.Fail), (open, Verdict.Inconclusive), (none, Verdict.NoData) }
            .SelectMany(v => Enumerable.Range(0, v.Item1).Select(i => new SloLight($"ask.{v.Item2}{i}", "ask", default, v.Item2, null, null, default)))
            .ToList();
        OverviewTexts.LightsHeadline(lights, English).Replace('\u00a0', ' ').ShouldBe(en);
        OverviewTexts.LightsHeadline(lights, Russian).Replace('\u00a0', ' ').ShouldBe(ru);
    }

    [Theory]
    [InlineData("relevance", "Answer relevance")]
    [InlineData("answer_relevance", "Answer relevance")]
    [InlineData("Answer_Relevance", "Answer relevance")]
    [InlineData("context_relevance", "context_relevance")]
    [InlineData("faithfulness", "faithfulness")]
    public void Only_the_relevance_of_the_answer_has_its_title(string score, string title)
    {
        var model = OverviewModel.Of(new OverviewFacts(English.Window)) with
        {
            Score = ScoreSums.Of(score, [Row(English.Now, 1) with { Value = Moments.Of([0.8]) }]),
        };
        OverviewTexts.ScoreName(model, English).ShouldBe(title);
    }

    [Fact]
    public void A_hub_that_began_yesterday_in_the_evening_has_no_day_before_to_compare_with()
    {
        var facts = new OverviewFacts(English.Window) { Now = [Row(English.Now, 2400)], Before = [Row(English.Now.AddHours(-30), 100)] };
        var begin = English.Window.Previous.From;

        OverviewTexts.RequestsNote(OverviewModel.Of(facts with { Oldest = begin.AddMinutes(1) }), English).ShouldBe("nothing to compare with yet");
        OverviewTexts.LatencyNote(OverviewModel.Of(facts with { Oldest = begin.AddMinutes(1) }), English).ShouldBe("nothing to compare with yet");
        OverviewTexts.RequestsNote(OverviewModel.Of(facts), English).ShouldBe("nothing to compare with yet");
        OverviewTexts.RequestsNote(OverviewModel.Of(facts with { Oldest = begin }), English).Replace('\u00a0', ' ').ShouldBe("+2,300 % on the day before");
    }

    [Fact]
    public void Steady_traffic_is_a_flat_line_up_to_now()
    {
        // 20 requests a minute up to 14:20:40: the last half hour has 20 minutes and 40 seconds.
        var now = new DateTimeOffset(2026, 3, 12, 14, 20, 40, TimeSpan.Zero);
        var reader = SampleReader.Of("/", "?range=24h", now: now);
        var window = reader.Window;
        AggregateRow Point(int i)
        {
            var begin = window.At(i) > window.From ? window.At(i) : window.From;
            var end = window.At(i) + window.Step < now ? window.At(i) + window.Step : now;
            var count = (long)((end - begin).TotalSeconds / 3);
            var use = new ModelUseTotals(count, default, Money.OfDollars(count * 0.01m), default, 0, default, 0, Unpriced: 0);
            return Row(window.At(i), count) with { Cost = use };
        }

        var rows = Enumerable.Range(0, window.Points).Select(Point).ToList();
        var model = OverviewModel.Of(new OverviewFacts(window) { Now = rows, Points = rows });

        OverviewCharts.Rates(model, now).ShouldAllBe(rate => Math.Abs(rate!.Value - (1 / 3.0)) < 0.001);
        OverviewCharts.Cost(model, default, reader).Series[0].Values.ShouldAllBe(cost => Math.Abs(cost!.Value - 12) < 0.02);
    }

    private static AggregateRow Row(DateTimeOffset at, long count)
    {
        var sketch = new QuantileSketch();
        sketch.Add(100);
        return new AggregateRow(at, [], count, 0, sketch, default, default);
    }
}
