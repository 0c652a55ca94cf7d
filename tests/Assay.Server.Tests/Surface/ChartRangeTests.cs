using Assay.Server.Releases.Pages;
using Assay.Server.Surface.Charts;

namespace Assay.Server.Tests.Surface;

public sealed class ChartRangeTests
{
    [Theory]
    [InlineData(0.02, 0.05, 0, 0.06)]
    [InlineData(-0.05, -0.02, -0.06, 0)]
    [InlineData(0, 0, 0, 0.00000002)]
    public void An_axis_holds_its_values_and_ends_at_round_numbers(double least, double most, double low, double high)
    {
        var range = ChartRange.Of([least, most, 0]);
        range.Low.ShouldBe(low, 1e-9);
        range.High.ShouldBeGreaterThanOrEqualTo(most);
        range.High.ShouldBe(high, 1e-9);
        range.Step.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(0.05, 0.02, 0.03, 0.0, 0.06)]
    [InlineData(0.01, 0.02, 0.03, 0.0, null)]
    [InlineData(-0.05, -0.03, -0.02, -0.06, 0.0)]
    [InlineData(-0.05, 0.02, 0.03, -0.06, null)]
    [InlineData(0.05, -0.03, -0.02, null, 0.06)]
    [InlineData(0.0, 0.02, 0.03, 0.0, null)]
    [InlineData(0.02, -0.01, 0.03, null, null)]
    public void The_limit_and_no_difference_are_in_sight_wherever_the_values_are(double limit, double least, double most, double? min, double? max)
    {
        var chart = CanaryChart.InSight(Chart(null, null), limit, least, most);
        (chart.Min, chart.Max).ShouldBe((min, max));
    }

    [Fact]
    public void An_end_that_cuts_early_looks_off_stays()
    {
        var chart = CanaryChart.InSight(Chart(null, 0.4), 0.05, 0.1, 2);
        (chart.Min, chart.Max).ShouldBe((0, 0.4));
    }

    private static ChartSpec Chart(double? min, double? max) =>
        new()
        {
            Unit = "score±",
            X = new ChartRuns([1], "look"),
            Series = [new("difference", "candidate", [0.1])],
            Min = min,
            Max = max,
        };
}
