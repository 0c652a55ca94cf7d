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

    // Clusters of 3, 3, 2, 4, 2, 3, 2 and 1 trials; the formulas in numpy, the beta and t quantiles by scipy 1.10.1.
    [Fact]
    public void Clusters_of_many_sizes_agree_with_the_formula()
    {
        bool[] successes = [.. "11110100111011111011".Select(c => c == '1')];
        int[] clusters = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7];
        var above = RateTest.Clustered(successes, clusters, 0.5).Value();
        (above.Estimate, above.N).ShouldBe((0.75, 20));
        above.Interval!.Value.Low.ShouldBeNear(0.4929140896730636, 1e-10);
        above.Interval!.Value.High.ShouldBeNull();
        above.Interval!.Value.Confidence.ShouldBe(0.95);
        above.P!.Value.Value.ShouldBeNear(0.055660911017355486, 1e-10);
        var below = RateTest.Clustered(successes, clusters, 0.9, 0.05, Alternative.Less).Value();
        below.Interval!.Value.High.ShouldBeNear(0.919782345087009, 1e-10);
        below.Interval!.Value.Low.ShouldBeNull();
        below.Interval!.Value.Confidence.ShouldBe(0.95);
        below.P!.Value.Value.ShouldBeNear(0.09035325887507452, 1e-10);
    }

    // Successes that avoid each other within a cluster would make more trials of them than there are; and with none to see, as many as there are.
    [Theory]
    [InlineData("10101011", 0.2128065342421663)]
    [InlineData("10101010", 0.13280500557570687)]
    public void Clusters_never_count_as_more_trials_than_there_are(string trials, double low) =>
        RateTest.Clustered([.. trials.Select(c => c == '1')], [0, 0, 1, 1, 2, 2, 3, 3], 0.5).Value().Interval!.Value.Low.ShouldBeNear(low, 1e-10);

    [Fact]
    public void Two_clusters_are_enough() => RateTest.Clustered([true, false, true, true], [1, 1, 2, 2], 0.5).ShouldBeOfType<Computed>();

    [Theory]
    [InlineData(-0.01, 0.05, Alternative.Greater, "limit")]
    [InlineData(1.01, 0.05, Alternative.Greater, "limit")]
    [InlineData(double.NaN, 0.05, Alternative.Greater, "limit")]
    [InlineData(0.5, 0, Alternative.Greater, "alpha")]
    [InlineData(0.5, 1, Alternative.Less, "alpha")]
    [InlineData(0.5, 0.05, Alternative.TwoSided, "both sides")]
    public void A_question_out_of_range_is_refused(double limit, double alpha, Alternative alternative, string named)
    {
        Named(() => RateTest.Of(1, 2, limit, alpha, alternative));
        Named(() => RateTest.Clustered([true, false, true], [1, 1, 2], limit, alpha, alternative));

        void Named(Func<StatisticResult> ask)
        {
            var refused = Should.Throw<AssayException>(() => ask());
            (refused.Message + refused.Fix).ShouldContain(named);
            refused.Fix.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_limit_may_be_at_either_end(double limit) => RateTest.Of(1, 2, limit).ShouldBeOfType<Computed>();

    [Fact]
    public void Counts_and_clusters_that_do_not_fit_are_refused()
    {
        Should.Throw<AssayException>(() => RateTest.Of(3, 2, 0.5)).Message.ShouldContain("sample");
        Should.Throw<AssayException>(() => RateTest.Of(-1, 2, 0.5));
        Should.Throw<AssayException>(() => RateTest.Clustered([true, false], [1], 0.5)).Message.ShouldContain("Trials and clusters");
    }

    [Fact]
    public void One_cluster_or_none_is_not_computable()
    {
        RateTest.Clustered([true, false], [1, 1], 0.5).ShouldBeOfType<NotComputable>().Reason.ShouldContain("1 cluster(s)");
        RateTest.Clustered([], [], 0.5).ShouldBeOfType<NotComputable>().Reason.ShouldContain("0 cluster(s)");
        RateTest.Of(0, 0, 0.5).ShouldBeOfType<NotComputable>().Reason.ShouldContain("no trials");
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

    // The formulas in numpy, the normal tail by scipy 1.10.1.
    [Fact]
    public void Interval_and_p_against_a_margin_are_those_of_the_formula()
    {
        var above = McNemarTest.Against(7, 12, 60, -0.05, 0.05, Alternative.Greater).Value();
        above.P!.Value.Value.ShouldBeNear(0.037148262810724135, 1e-10);
        above.Interval!.Value.Low.ShouldBeNear(-0.039757246280775455, 1e-10);
        var both = McNemarTest.Against(7, 12, 60, -0.05).Value();
        both.P!.Value.Value.ShouldBeNear(0.07429652562144827, 1e-10);
        both.Interval!.Value.Low.ShouldBeNear(-0.06282315626972196, 1e-10);
        both.Interval!.Value.High.ShouldBeNear(0.22411347885036714, 1e-10);
    }

    [Fact]
    public void Pairs_that_cannot_be_are_refused_and_none_are_not_computable()
    {
        Should.Throw<AssayException>(() => McNemarTest.Against(7, 12, 10, 0));
        Should.Throw<AssayException>(() => McNemarTest.Against(7, 12, 60, 0, alpha: 1));
        McNemarTest.Against(0, 0, 0, 0).ShouldBeOfType<NotComputable>().Reason.ShouldContain("no pairs");
    }
}
