using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits.</summary>
public sealed class PooledTTestTests
{
    [Fact]
    public void The_result_names_its_method_and_source()
    {
        var result = PooledTTest.Compare(Moments.Of([1, 2]), Moments.Of([3, 5])).Value();

        result.Method.ShouldBe("Student's t test, pooled variance");
        result.Reference.ShouldContain("Student (1908)");
        result.N.ShouldBe(4);
    }

    [Fact]
    public void One_value_is_compared_with_the_others_variance()
    {
        var result = PooledTTest.Compare(Moments.Of([3.5]), Moments.Of([5.1, 4.4, 6.2, 5.8])).Value();

        result.Estimate.ShouldBeNear(1.875);
        result.StandardError.ShouldBeNear(0.88682486057469835982);
        result.DegreesOfFreedom.ShouldBe(3);
        result.Statistic.ShouldBeNear(2.1142844358072282757);
        result.P!.Value.Value.ShouldBeNear(0.12485790702347462666);
        result.Interval!.Value.Low.ShouldBeNear(-0.9472725009696896917, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(4.6972725009696896917, 1e-11);
    }

    [Fact]
    public void A_claim_of_less_bounds_from_above() =>
        PooledTTest.Compare(Moments.Of([1, 2]), Moments.Of([3, 5]), 0.1, Alternative.Less).Value().Interval!.Value.Low.ShouldBeNull();

    [Theory]
    [InlineData(0, 3, "the control has no values; a mean needs 1")]
    [InlineData(3, 0, "the treatment has no values; a mean needs 1")]
    [InlineData(1, 1, "each arm has 1 value; a pooled variance needs 3 values in both together")]
    public void Too_few_values_are_named_by_arm_and_count(int control, int treatment, string reason)
    {
        var (c, t) = (Counting(control), Counting(treatment));

        PooledTTest.Compare(c, t).Reason().ShouldBe(reason);
        CohensD.Between(c, t).Reason().ShouldBe(reason);
    }

    [Fact]
    public void Two_values_against_one_are_enough() => PooledTTest.Compare(Counting(2), Counting(1)).Value().DegreesOfFreedom.ShouldBe(1);

    private static Moments Counting(int n) => Moments.Of([.. Enumerable.Range(1, n).Select(i => (double)i)]);
}
