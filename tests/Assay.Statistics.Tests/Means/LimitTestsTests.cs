using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Means against a limit. Figures by mpmath 1.3.0 with 30 digits, from the formulas of Hall 1992 and of the jackknife over clusters.</summary>
public sealed class LimitTestsTests
{
    private static readonly double[] Skewed = [1.2, 1.9, 2.2, 3.8, 3.1, 0.4, 0.9, 2.5, 2.9, 9.3];
    private static readonly double[] Clustered = [1.2, 1.9, 2.2, 3.8, 3.1, 0.4, 0.9, 2.5, 2.9, 3.3];
    private static readonly int[] Clusters = [1, 1, 1, 2, 2, 3, 3, 4, 4, 4];

    [Fact]
    public void A_skewed_mean_agrees_with_thirty_digits()
    {
        var result = MeanInterval.Test(Moments.Of(Skewed), 2, 0.05, Alternative.Greater).Value();
        result.Estimate.ShouldBeNear(2.82);
        result.Statistic.ShouldBeNear(1.35194609127639318671906307236, 1e-12);
        result.P!.Value.Value.ShouldBeNear(0.104693171015124966059160746714, 1e-12);
        result.Interval!.Value.High.ShouldBeNull();
    }

    [Theory]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    public void The_bound_is_the_limit_whose_p_value_is_alpha(Alternative claim)
    {
        var interval = MeanInterval.Test(Moments.Of(Skewed), 2, 0.05, claim).Value().Interval!.Value;
        var end = claim == Alternative.Greater ? interval.Low : interval.High;
        MeanInterval.Test(Moments.Of(Skewed), end!.Value, 0.05, claim).Value().P!.Value.Value.ShouldBeNear(0.05, 1e-9);
    }

    [Fact]
    public void Without_skewness_it_is_students_test()
    {
        double[] even = [1, 2, 3, 4, 5];
        var tested = MeanInterval.Test(Moments.Of(even), 0, 0.1).Value();
        var plain = MeanInterval.Of(Moments.Of(even), 0.1).Value();
        tested.Interval!.Value.Low.ShouldBeNear(plain.Interval!.Value.Low!.Value, 1e-12);
        tested.Interval!.Value.High.ShouldBeNear(plain.Interval!.Value.High!.Value, 1e-12);
    }

    [Fact]
    public void Clusters_of_unequal_sizes_have_the_error_of_the_jackknife()
    {
        var result = ClusteredMean.Test<int>(Clustered, Clusters, 2, 0.05, Alternative.Greater).Value();
        result.StandardError.ShouldBeNear(0.527700235233324604635185751536, 1e-12);
        result.DegreesOfFreedom.ShouldBeNear(2.84615384615384615384615384615, 1e-12);
        result.Statistic.ShouldBeNear(0.394833091733902974461366852587, 1e-12);
    }

    [Fact]
    public void Clusters_of_one_size_have_the_error_of_the_clustered_mean()
    {
        double[] values = [1, 2, 4, 4, 6, 9];
        int[] clusters = [1, 1, 2, 2, 3, 3];
        ClusteredMean
            .Test<int>(values, clusters, 0)
            .Value()
            .StandardError.ShouldBeNear(ClusteredMean.Of<int>(values, clusters).Value().StandardError!.Value, 1e-12);
    }

    [Fact]
    public void Equal_values_are_bounded_by_the_root_of_alpha()
    {
        var values = Enumerable.Repeat(0.8, 40).ToArray();
        var low = RareDeviations.Test(values, [.. Enumerable.Range(0, 40)], 0.8, 0, 1, 0.7).Value();
        low.Interval!.Value.Low.ShouldBeNear(0.8 * Math.Pow(0.05, 1 / 40.0), 1e-9);
        low.P!.Value.Value.ShouldBeNear(Math.Pow(0.7 / 0.8, 40), 1e-9);
        var high = RareDeviations.Test(values, [.. Enumerable.Range(0, 40)], 0.8, 0, 1, 0.9, 0.05, Alternative.Less).Value();
        high.Interval!.Value.High.ShouldBeNear(1 - (0.2 * Math.Pow(0.05, 1 / 40.0)), 1e-9);
    }

    [Fact]
    public void A_value_outside_the_range_is_not_computable() =>
        RareDeviations.Test([0.5, 1.5], [0, 1], 0.5, 0, 1, 0.2).ShouldBeOfType<NotComputable>().Reason.ShouldContain("1.5");
}
