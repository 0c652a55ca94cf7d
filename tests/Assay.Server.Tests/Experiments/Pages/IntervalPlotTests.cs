using Assay.Experimentation.Analysis;
using Assay.Server.Experiments.Pages;

namespace Assay.Server.Tests.Experiments.Pages;

public sealed class IntervalPlotTests
{
    [Fact]
    public void Every_margin_is_one_line_and_right_is_better()
    {
        var slower = IntervalPlot.Of(Metric(isLowerBetter: true), Row(100, 50, 150) with { Limit = 100 })!;
        slower.Dot.ShouldBe(IntervalPlot.MarginAt);
        slower.From.ShouldBe("10%");
        slower.To.ShouldBe("30%");
        IntervalPlot.Of(Metric(isLowerBetter: false), Row(-0.02, -0.03, -0.01) with { Limit = -0.02 })!.Dot.ShouldBe(IntervalPlot.MarginAt);
    }

    [Fact]
    public void No_change_is_one_line() => IntervalPlot.Of(Metric(isLowerBetter: true), Row(0, -1, 1))!.Dot.ShouldBe(IntervalPlot.ZeroAt);

    [Fact]
    public void What_is_not_bounded_or_lies_outside_has_no_cap()
    {
        var plot = IntervalPlot.Of(Metric(isLowerBetter: false), Row(10, null, 1_000) with { Limit = -1 })!;
        plot.HasFrom.ShouldBeFalse();
        plot.HasTo.ShouldBeFalse();
        plot.Dot.ShouldBe("99%");
    }

    [Fact]
    public void Without_an_estimate_there_is_no_drawing() => IntervalPlot.Of(Metric(isLowerBetter: false), Row(null, null, null)).ShouldBeNull();

    private static MetricReport Metric(bool isLowerBetter) => new("m", "mean", MetricRole.Goal, isLowerBetter, "", [], []);

    private static ArmComparison Row(double? estimate, double? low, double? high) =>
        new("treatment", new Figure(estimate, low, high, 0.95, "", 10), Finding.Open, "");
}
