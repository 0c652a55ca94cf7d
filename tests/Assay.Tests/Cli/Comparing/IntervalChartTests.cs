using Assay.Cli.Comparing;
using Assay.Statistics;

namespace Assay.Tests.Cli.Comparing;

public sealed class IntervalChartTests
{
    [Fact]
    public void Intervals_stand_on_one_scale_around_0() =>
        Chart(("mean", -4, -8, 1), ("shift", 4, 2, 6), ("flat", 0, 0, 0))
            .ShouldBe(
                """
                                      -8                          0                           8
                mean                  ├─────────────●─────────────┼───┤
                shift                                             │      ├──────●──────┤
                flat                                              ●
                """
            );

    [Fact]
    public void What_lies_beyond_the_scale_ends_in_an_arrow() =>
        Chart(("mean", 1, 0.5, 2), ("P99", 3, -90, 70), ("far", 50, 40, 60), ("low", -50, -60, -40))
            .ShouldBe(
                """
                                      -8                          0                           8
                mean                                              │ ├─●──┤
                P99                   ◄───────────────────────────┼──────────●────────────────►
                far                                               │                           ►
                low                   ◄                           │
                """
            );

    [Fact]
    public void An_open_end_runs_to_the_edge() =>
        Chart(("at least", 3, 2, null), ("at most", -2, null, 4))
            .ShouldBe(
                """
                                      -4                          0                           4
                at least                                          │             ├──────●──────►
                at most               ◄─────────────●─────────────┼───────────────────────────┤
                """
            );

    [Fact]
    public void Nothing_to_draw_is_no_chart()
    {
        Chart().ShouldBe("");
        Chart(("nothing", 0, 0, 0)).ShouldBe("");
        IntervalChart.Lines([("none", new Computed("m", "r") { Estimate = 1 })]).ShouldBeEmpty();
    }

    private static string Chart(params (string Label, double Estimate, double? Low, double? High)[] rows) =>
        string.Join(
            '\n',
            IntervalChart.Lines([
                .. rows.Select(r => (r.Label, new Computed("m", "r") { Estimate = r.Estimate, Interval = new Interval(r.Low, r.High, 0.95) })),
            ])
        );
}
