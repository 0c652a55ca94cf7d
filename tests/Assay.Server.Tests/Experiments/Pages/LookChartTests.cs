using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Looks;
using Assay.Server.Experiments.Pages;
using Assay.Server.Tests.Surface;

namespace Assay.Server.Tests.Experiments.Pages;

public sealed class LookChartTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.02, 0.05, -0.01)]
    [InlineData(-0.05, -0.02, 0.01)]
    [InlineData(0.02, 0.05, 0.2)]
    [InlineData(0.02, 0.05, null)]
    public void No_difference_and_the_margin_are_in_the_drawing_wherever_the_interval_is(double low, double high, double? limit)
    {
        var row = new ArmComparison("treatment", new Figure((low + high) / 2, low, high, 0.95, "a test", 100), Finding.Open, "") { Limit = limit };
        var metric = new MetricReport("quality", "mean", MetricRole.Goal, IsLowerBetter: false, "", [], [row]);
        var look = new LookFigure("quality", "mean", "treatment", (low + high) / 2, low, high, Finding.Open);
        var looks = new[] { At, At.AddDays(1) }
            .Select(at => new ExperimentLook("e", 1, at, 100, DecidedAction.Continue, DecisionCause.NoUnits, "", [look]))
            .ToList();
        var report = SampleReports.Of(SampleReports.File("e")) with { Looks = looks };

        var chart = LookChart.Of(report, metric, row, SampleReader.Of())!.Spec;

        var lines = chart.Lines!.Select(l => l.At).ToList();
        lines.ShouldContain(0);
        lines.Count.ShouldBe(limit is null ? 1 : 2);
        lines.ShouldAllBe(at => chart.Min <= at && at <= chart.Max);
        chart.Min!.Value.ShouldBeLessThanOrEqualTo(low);
        chart.Max!.Value.ShouldBeGreaterThanOrEqualTo(high);
    }
}
