using Assay.Statistics.Tables;
using Assay.Statistics.Tests.Rates;

namespace Assay.Statistics.Tests.Tables;

// Reference figures: exact binomial fractions; the interval's formula with mpmath at 60 digits.
public sealed class McNemarTestTests
{
    [Theory]
    [InlineData(5, 15, 100, 0.1, 0.044948182224299832, 0.0099423973561033729, 0.18613603401644565, 0.04138946533203125)]
    [InlineData(15, 5, 100, -0.1, 0.044948182224299832, -0.18613603401644565, -0.0099423973561033729, 0.04138946533203125)]
    [InlineData(0, 6, 6, 1, 0.23385358667337134, 0.29165539246467619, 1.2083446075353238, 0.03125)]
    [InlineData(7, 7, 14, 0, 0.25, -0.48999099613501356, 0.48999099613501356, 1)]
    [InlineData(1, 2, 10, 0.1, 0.18477964855069543, -0.27882812290199853, 0.4454947895686652, 1)]
    [InlineData(1000, 1300, 5000, 0.06, 0.00955443580145368, 0.041249659532712234, 0.078702359659610837, 4.2874090021153254e-10)]
    public void Difference_interval_and_p_value_agree_with_their_formulas(
        long onlyControl,
        long onlyTreatment,
        long pairs,
        double difference,
        double error,
        double low,
        double high,
        double p
    )
    {
        var result = McNemarTest.Test(onlyControl, onlyTreatment, pairs).Answer();

        result.Estimate.ShouldAgree(difference);
        result.StandardError.ShouldAgree(error);
        result.Interval.ShouldSpan(low, high, 0.95, 1e-11);
        result.Statistic.ShouldBe(onlyTreatment);
        result.P!.Value.Value.ShouldAgree(p, 1e-11);
        result.N.ShouldBe(pairs);
        result.Method.ShouldBe("McNemar's exact test with the Bonett-Price interval");
        result.Reference.ShouldContain("1947");
    }

    [Fact]
    public void A_p_value_of_1e_240_keeps_its_digits() => McNemarTest.Test(100, 1200, 10_000).Answer().P!.Value.Log10.ShouldAgree(-239.27345773659793);

    [Theory]
    [InlineData(5, 15, 0.020694732666015625, 0.99409103393554688)]
    [InlineData(15, 5, 0.99409103393554688, 0.020694732666015625)]
    [InlineData(0, 6, 0.015625, 1)]
    [InlineData(6, 0, 1, 0.015625)]
    [InlineData(7, 7, 0.604736328125, 0.604736328125)]
    public void One_sided_tests_have_one_tail(long onlyControl, long onlyTreatment, double greater, double less)
    {
        McNemarTest.Test(onlyControl, onlyTreatment, 100, alternative: Alternative.Greater).Answer().P!.Value.Value.ShouldAgree(greater, 1e-11);
        McNemarTest.Test(onlyControl, onlyTreatment, 100, alternative: Alternative.Less).Answer().P!.Value.Value.ShouldAgree(less, 1e-11);
    }

    [Fact]
    public void One_sided_intervals_have_one_end()
    {
        McNemarTest.Test(5, 15, 100, 0.05, Alternative.Greater).Answer().Interval.ShouldSpan(0.024106035129759217, null, 0.95, 1e-11);
        McNemarTest.Test(5, 15, 100, 0.05, Alternative.Less).Answer().Interval.ShouldSpan(null, 0.1719723962427898, 0.95, 1e-11);
        McNemarTest.Test(5, 15, 100, 0.1).Answer().Interval.ShouldSpan(0.024106035129759217, 0.1719723962427898, 0.9, 1e-11);
    }

    [Fact]
    public void Pairs_that_all_agree_are_no_evidence_and_still_bound_the_difference()
    {
        var result = McNemarTest.Test(0, 0, 20).Answer();

        result.P!.Value.Value.ShouldBe(1);
        result.Estimate.ShouldBe(0);
        result.Interval.ShouldSpan(-0.12599125675906163, 0.12599125675906163, 0.95, 1e-11);
    }

    [Fact]
    public void No_pairs_carry_no_answer() => McNemarTest.Test(0, 0, 0).Refusal().ShouldBe("there are no pairs");

    [Theory]
    [InlineData(-1, 1, 5, "The control alone has the count -1.")]
    [InlineData(1, -1, 5, "The treatment alone has the count -1.")]
    [InlineData(0, 0, -1, "The list of pairs has the count -1.")]
    [InlineData(3, 3, 5, "3 and 3 pairs differ, but there are 5 pairs.")]
    [InlineData(long.MaxValue, long.MaxValue, 5, "9223372036854775807 and 9223372036854775807 pairs differ, but there are 5 pairs.")]
    [InlineData(0, 0, 9_007_199_254_740_993, "The list of pairs sums to 9007199254740993, above 2^53.")]
    public void Wrong_counts_are_refused(long onlyControl, long onlyTreatment, long pairs, string problem) =>
        Should.Throw<AssayException>(() => McNemarTest.Test(onlyControl, onlyTreatment, pairs)).Message.ShouldBe(problem);

    [Fact]
    public void More_differences_than_pairs_are_met_with_the_order_of_the_counts() =>
        Should
            .Throw<AssayException>(() => McNemarTest.Test(3, 3, 5))
            .ShouldSay("3 and 3 pairs differ, but there are 5 pairs.", "Give the number of all pairs last: those that agree and those that differ.");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Alpha_lies_between_0_and_1(double alpha) => Should.Throw<AssayException>(() => McNemarTest.Test(1, 2, 5, alpha));
}
