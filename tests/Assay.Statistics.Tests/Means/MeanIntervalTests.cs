using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

public sealed class MeanIntervalTests
{
    [Fact]
    public void Two_values_have_one_degree_of_freedom_and_a_wide_interval()
    {
        // t(0.975, 1) = tan(0.475 π), a Cauchy quantile; the standard error of 1 and 3 is 1.
        var result = MeanInterval.Of(Moments.Of([1, 3])).Value();

        result.Estimate.ShouldBe(2);
        result.StandardError.ShouldBeNear(1);
        result.DegreesOfFreedom.ShouldBe(1);
        result.Interval!.Value.Low.ShouldBeNear(2 - Math.Tan(0.475 * Math.PI), 1e-11);
        result.Interval!.Value.High.ShouldBeNear(2 + Math.Tan(0.475 * Math.PI), 1e-11);
        result.N.ShouldBe(2);
        result.Statistic.ShouldBeNull();
        result.P.ShouldBeNull();
        result.Method.ShouldBe("Student's t interval of a mean");
        result.Reference.ShouldContain("Student (1908)");
    }

    [Fact]
    public void Alpha_sets_the_confidence()
    {
        var interval = MeanInterval.Of(Moments.Of([1, 3]), 0.5).Value().Interval!.Value;

        // t(0.75, 1) = 1.
        interval.High.ShouldBeNear(3, 1e-11);
        interval.Confidence.ShouldBe(0.5);
    }

    [Fact]
    public void One_value_has_no_interval() => MeanInterval.Of(Moments.Of([4.0])).Reason().ShouldBe("the sample has 1 value; a variance needs 2");

    [Fact]
    public void No_values_have_no_interval() => MeanInterval.Of(default).Reason().ShouldBe("the sample has no values; a variance needs 2");

    [Fact]
    public void Equal_values_have_no_interval() =>
        MeanInterval.Of(Moments.Of([2.5, 2.5, 2.5])).Reason().ShouldBe("all values are 2.5; an interval needs variance");
}
