using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits.</summary>
public sealed class CohensDTests
{
    [Fact]
    public void The_effect_is_in_pooled_deviations()
    {
        var result = CohensD.Between(Moments.Of([10.2, 11.9, 9.7, 12.4, 10.8, 11.1]), Moments.Of([12.5, 11.7, 13.9, 12.2, 14.4])).Value();

        result.Estimate.ShouldBeNear(1.7823306076488697722);
        result.StandardError.ShouldBeNear(0.71488616581525049075);
        result.N.ShouldBe(11);
        result.Method.ShouldBe("Cohen's d");
        result.Reference.ShouldContain("Cohen (1988)");
        result.P.ShouldBeNull();
    }

    [Fact]
    public void One_value_is_compared_in_the_others_deviations() =>
        CohensD.Between(Moments.Of([3.5]), Moments.Of([5.1, 4.4, 6.2, 5.8])).Value().Estimate.ShouldBeNear(2.3638418611173764343);

    [Fact]
    public void A_deviation_that_no_double_holds_is_not_read_as_no_effect() =>
        CohensD.Between(Moments.Of([-1e200, 1e200]), Moments.Of([-1e200, 2e200])).Reason().ShouldContain("range of a double");
}
