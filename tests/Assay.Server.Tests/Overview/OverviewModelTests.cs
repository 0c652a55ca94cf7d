using Assay.Prices;
using Assay.Server.Overview;
using Assay.Server.Surface.Reading;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Tests.Overview;

public sealed class OverviewModelTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 12, 14, 30, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = TimeRange.Named("24h").Until(Now);

    [Fact]
    public void Points_without_requests_stay_empty()
    {
        var model = OverviewModel.Of(new OverviewFacts(Window) { Points = [Row(Now.AddHours(-3), 10, failed: 1, ms: 200)] });

        model.Points.Count.ShouldBe(Window.Points);
        model.Points.OfType<RequestSums>().ShouldHaveSingleItem().FailedShare.ShouldBe(0.1);
        model.Points[Window.PointOf(Now.AddHours(-3))].ShouldNotBeNull();
    }

    [Fact]
    public void Cost_for_a_thousand_requests_counts_all_requests()
    {
        var use = new ModelUseTotals(20, default, Money.OfDollars(0.4m), default, 0, default, 0, Unpriced: 5);
        var sums = RequestSums.Of([Row(Now, 100, 0, 10) with { Cost = use }]);

        sums.CostPerThousand!.Value.ShouldBe(4, 1e-9);
        sums.UnpricedShare.ShouldBe(0.25);
        sums.CostPerHour(TimeSpan.FromHours(2))!.Value.ShouldBe(0.2, 1e-9);
    }

    [Fact]
    public void A_cost_of_which_nothing_is_known_is_no_zero()
    {
        var use = new ModelUseTotals(20, default, Money.Zero, default, 0, default, 0, Unpriced: 20);

        RequestSums.Of([Row(Now, 100, 0, 10) with { Cost = use }]).CostPerThousand.ShouldBeNull();
        RequestSums.Of([Row(Now, 100, 0, 10)]).CostPerThousand.ShouldBeNull();
    }

    [Fact]
    public void Relevance_is_shown_before_scores_that_are_more_frequent() =>
        OverviewReading.ScoreOf([Row(Now, 90, 0, 0, "faithfulness"), Row(Now, 9, 0, 0, "answer_relevance")]).ShouldBe("answer_relevance");

    [Fact]
    public void The_relevance_of_the_context_is_another_metric() =>
        OverviewReading
            .ScoreOf([Row(Now, 90, 0, 0, "context_relevance"), Row(Now, 99, 0, 0, "faithfulness"), Row(Now, 9, 0, 0, "relevance")])
            .ShouldBe("relevance");

    [Fact]
    public void A_mean_has_an_interval_from_two_different_scores_on()
    {
        ScoreSums.Of("r", [Row(Now, 1, 0, 0) with { Value = Moments.Of([0.8]) }]).Interval.ShouldBeNull();
        var sums = ScoreSums.Of("r", [Row(Now, 2, 0, 0) with { Value = Moments.Of([0.8, 0.9]) }, Row(Now, 1, 0, 0) with { Value = Moments.Of([1.0]) }]);

        sums.Mean.ShouldBe(0.9, 1e-12);
        sums.Interval!.Value.Contains(0.9).ShouldBeTrue();
    }

    private static AggregateRow Row(DateTimeOffset at, long count, long failed, double ms, params string[] by)
    {
        var sketch = new QuantileSketch();
        sketch.Add(ms);
        return new AggregateRow(at, by, count, failed, sketch, default, default);
    }
}
