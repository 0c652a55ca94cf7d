using Assay.Server.Surface.Components;

namespace Assay.Server.Tests.Surface;

public sealed class SparkLineTests
{
    [Fact]
    public void A_gap_stays_a_gap()
    {
        var runs = SparkLine.Of([1, 2, null, 3, 4]);

        runs.Select(r => r.Line).ShouldBe(["0,26 25,18.3", "75,10.7 100,3"]);
    }

    [Fact]
    public void A_point_between_gaps_is_a_dash() => SparkLine.Of([null, 5, null, 6, 7])[0].Line.ShouldBe("12.5,26 37.5,26");

    [Fact]
    public void Nothing_known_draws_nothing() => SparkLine.Of([null, null]).ShouldBeEmpty();
}
