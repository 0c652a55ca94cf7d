using Assay.Statistics.Planning;
using Assay.Statistics.Rates;
using Assay.Statistics.Tables;
using Assay.Statistics.Tests.Means;

namespace Assay.Statistics.Tests.Rates;

/// <summary>Figures by mpmath 1.3.0 with 30 digits.</summary>
public sealed class RateTestTests
{
    [Fact]
    public void Ninety_seven_of_a_hundred_agree_with_thirty_digits()
    {
        var result = RateTest.Of(97, 100, 0.9).Value();
        result.Interval!.Value.Low.ShouldBeNear(0.924289206250169947114540473895, 1e-12);
        result.P!.Value.Value.ShouldBeNear(0.00783648712118439911037253058464, 1e-12);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(7, 30)]
    [InlineData(30, 30)]
    public void Both_claims_mirror_each_other(long successes, long trials)
    {
        var below = RateTest.Of(successes, trials, 0.4, 0.05, Alternative.Less).Value();
        var above = RateTest.Of(trials - successes, trials, 0.6).Value();
        below.P!.Value.Value.ShouldBeNear(above.P!.Value.Value, 1e-12);
        below.Interval!.Value.High.ShouldBeNear(1 - above.Interval!.Value.Low!.Value, 1e-12);
    }

    [Fact]
    public void Clusters_of_one_are_independent_trials()
    {
        var successes = Enumerable.Range(0, 50).Select(i => i % 5 != 0).ToArray();
        var clustered = RateTest.Clustered(successes, [.. Enumerable.Range(0, 50)], 0.7).Value();
        clustered.Interval.ShouldBe(RateTest.Of(40, 50, 0.7).Value().Interval);
    }

    [Fact]
    public void Clusters_that_agree_within_themselves_count_nearly_as_one_trial_each()
    {
        // 20 clusters of 5 which are all good or all bad: not more than 20 trials.
        var successes = Enumerable.Range(0, 100).Select(i => i / 5 % 5 != 0).ToArray();
        int[] clusters = [.. Enumerable.Range(0, 100).Select(i => i / 5)];
        var low = RateTest.Clustered(successes, clusters, 0.7).Value().Interval!.Value.Low!.Value;
        low.ShouldBeLessThan(RateTest.Of(16, 20, 0.7).Value().Interval!.Value.Low!.Value);
        low.ShouldBeGreaterThan(RateTest.Of(12, 15, 0.7).Value().Interval!.Value.Low!.Value);
    }

    [Fact]
    public void Without_a_failure_a_cluster_is_one_trial()
    {
        var result = RateTest.Clustered(Enumerable.Repeat(true, 100).ToArray(), [.. Enumerable.Range(0, 100).Select(i => i / 5)], 0.9).Value();
        result.Interval!.Value.Low.ShouldBeNear(Math.Pow(0.05, 1 / 20.0), 1e-12);
        result.N.ShouldBe(100);
    }

    [Fact]
    public void One_cluster_or_none_is_not_computable()
    {
        RateTest.Clustered([true, false], [1, 1], 0.5).ShouldBeOfType<NotComputable>();
        RateTest.Of(0, 0, 0.5).ShouldBeOfType<NotComputable>();
    }

    [Theory]
    [InlineData(0.94, 0.9)]
    [InlineData(0.99, 0.95)]
    [InlineData(0.999, 0.99)]
    [InlineData(0.6, 0.5)]
    public void A_plan_for_one_rate_gives_the_exact_test_its_power(double rate, double limit)
    {
        var plan = (PowerPlan)OneRatePower.SampleSize(rate, limit);
        var critical = BinomialTail.LeastRare(0.05, plan.ControlN, limit);
        Math.Pow(10, BinomialTail.Log10AtLeast(critical, plan.ControlN, rate)).ShouldBe(plan.Power, 1e-9);
        // A tooth of the saw is higher the rarer the failures are.
        plan.Power.ShouldBeInRange(0.8, 0.93);
        ((PowerPlan)OneRatePower.SampleSize(1 - rate, 1 - limit)).ControlN.ShouldBe(plan.ControlN);
    }

    [Fact]
    public void When_nothing_ever_fails_the_plan_is_the_rule_of_three()
    {
        // 0.95^59 = 0.0485.
        ((PowerPlan)OneRatePower.SampleSize(1, 0.95)).ControlN.ShouldBe(59);
        ((PowerPlan)OneRatePower.SampleSize(0, 0.01)).ControlN.ShouldBe(299);
    }

    [Fact]
    public void A_plan_for_no_distance_is_not_computable() => OneRatePower.SampleSize(0.9, 0.9).ShouldBeOfType<NotComputable>();

    [Fact]
    public void A_paired_difference_against_a_margin_agrees_with_thirty_digits()
    {
        var result = McNemarTest.Against(5, 2, 60, -0.03, 0.05, Alternative.Greater).Value();
        result.Estimate.ShouldBeNear(-0.05);
        result.StandardError.ShouldBeNear(0.0479952919714520227375452421576, 1e-12);
        result.Statistic.ShouldBeNear(-0.383102092287100539088454022538, 1e-12);
    }
}
