using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Statistics.Samples;

namespace Assay.Releases.Tests.Canaries.Judging;

public sealed class CanaryJudgeTests
{
    private static readonly CanaryPlan Plan = MadeCanary.Plan();

    [Fact]
    public void Without_a_single_error_anywhere_enough_requests_are_proof()
    {
        Errors(0, 95_000, 0, 5_000).Verdict.ShouldBe(MetricVerdict.Pass);
        Errors(0, 950, 0, 50).Verdict.ShouldBe(MetricVerdict.Inconclusive);
    }

    [Fact]
    public void A_worsening_that_is_accepted_is_no_reason_to_roll_back_however_sure_it_is()
    {
        // 0.5 points worse for certain, where one point is accepted.
        var judged = Errors(9_500, 1_900_000, 1_000, 100_000);
        judged.Verdict.ShouldBe(MetricVerdict.Pass, judged.Reason);
        judged.Low.ShouldNotBeNull().ShouldBeGreaterThan(0.003);
    }

    [Fact]
    public void Beyond_its_limit_it_fails_whatever_control_does()
    {
        var judged = Errors(6_000, 19_000, 320, 1_000);
        judged.Verdict.ShouldBe(MetricVerdict.Fail, judged.Reason);
        judged.Reason.ShouldContain("Proven beyond its limit of 20 %, whatever control does.");
    }

    [Theory]
    [InlineData(2_000, 2_000, nameof(MetricVerdict.Fail))]
    [InlineData(100, 2_000, nameof(MetricVerdict.NoData))]
    [InlineData(2, 2, nameof(MetricVerdict.NoData))]
    public void A_limit_holds_while_control_has_no_figures(long bad, long requests, string verdict)
    {
        foreach (var missing in new[] { null, "control has requests: none" })
        {
            var reading = new CanaryReading(0, requests, [MadeCanary.Rate("errors", 0, 0, requests, bad) with { Missing = missing }]);
            var judged = CanaryJudge.Of(Plan, 0, reading).Of("errors");
            judged.Verdict.ToString().ShouldBe(verdict, judged.Reason);
            judged.Holds.ShouldBeTrue("without control nothing goes on");
            CanaryJudge.Verdicts(Plan, 0, reading)[0].ToString().ShouldBe(verdict);
        }
    }

    [Fact]
    public void Beyond_a_limit_without_control_it_is_said_of_the_canary_alone()
    {
        var judged = CanaryJudge.Of(Plan, 0, new CanaryReading(0, 2_000, [MadeCanary.Rate("errors", 0, 0, 2_000, 2_000)])).Of("errors");
        judged.Reason.ShouldBe(
            "Proven beyond its limit of 20 %, whatever control does. Canary 100 % of 2,000; control has no figures (any-look interval of a rate)."
        );
        (judged.BrokenBy, judged.Canary, judged.Control, judged.CanaryCount).ShouldBe((MetricBreak.Limit, 1.0, null, 2_000L));
    }

    [Theory]
    [InlineData("{ name: errors, read: latency, kind: p95, relativeMargin: 0.2, limit: 150, unit: ms }", 0.5, nameof(MetricVerdict.NoData))]
    [InlineData("{ name: errors, read: latency, kind: p95, relativeMargin: 0.2, limit: 150, unit: ms }", 2, nameof(MetricVerdict.Fail))]
    [InlineData("{ name: errors, read: cost, kind: mean, margin: 0.2, limit: 1.5, unit: USD }", 0.5, nameof(MetricVerdict.NoData))]
    [InlineData("{ name: errors, read: cost, kind: mean, margin: 0.2, limit: 1.5, unit: USD }", 2, nameof(MetricVerdict.Fail))]
    [InlineData("{ name: errors, read: score s, kind: mean, better: higher, margin: 0.2, limit: 1.5 }", 2, nameof(MetricVerdict.NoData))]
    [InlineData("{ name: errors, read: score s, kind: mean, better: higher, margin: 0.2, limit: 1.5 }", 0.5, nameof(MetricVerdict.Fail))]
    public void Limits_of_means_and_quantiles_hold_without_control_too(string watch, double factor, string verdict)
    {
        var plan = MadeCanary.Plan(MadeCanary.Yaml.Replace("{ name: errors, read: errors, kind: rate, margin: 0.01, limit: 0.2 }", watch));
        var canary =
            plan.Metrics[0].Kind == CanaryMetricKind.Mean
                ? ArmReading.Mean(Moments.FromSummary(2_000, factor, 0.3))
                : ArmReading.Quantile(MadeCanary.Durations(2_000, factor));
        var judged = CanaryJudge
            .Of(plan, 0, new CanaryReading(0, 2_000, [new MetricReading("errors", null, canary) { Missing = "control: none" }]))
            .Of("errors");
        judged.Verdict.ToString().ShouldBe(verdict, judged.Reason);
    }

    [Fact]
    public void Errors_of_a_time_in_which_the_canary_had_most_of_the_requests_are_not_all_its_own()
    {
        // 160 errors of an outage that hit both arms while the canary had 40 % of the requests, and 5 % of those of the whole step.
        MetricVerdict Judged(double? matched) =>
            CanaryJudge
                .Of(Plan, 0, new CanaryReading(19_000, 1_000, [MadeCanary.Rate("errors", 19_000, 100, 1_000, 60) with { MatchedShare = matched }]))
                .Of("errors")
                .Verdict;

        Judged(null).ShouldBe(MetricVerdict.Fail);
        Judged(0.4).ShouldBe(MetricVerdict.Pass);
    }

    [Fact]
    public void A_gross_failure_needs_no_proof_but_one_that_control_shares_is_none()
    {
        Errors(0, 20, 5, 9).Reason.ShouldStartWith("At least half of the canary's requests are bad, 5 or more");
        Errors(0, 20, 4, 4).Verdict.ShouldBe(MetricVerdict.Inconclusive);
        Errors(12, 20, 6, 9).Verdict.ShouldNotBe(MetricVerdict.Fail);
    }

    [Fact]
    public void A_share_that_should_be_high_is_judged_by_what_is_lacking()
    {
        var plan = MadeCanary.Plan(
            MadeCanary.Yaml.Replace(
                "{ name: errors, read: errors, kind: rate, margin: 0.01, limit: 0.2 }",
                "{ name: errors, read: errors, kind: rate, better: higher, margin: 0.02 }"
            )
        );
        var fewer = CanaryJudge.Of(plan, 0, Reading(plan, 37_620, 38_000, 1_900, 2_000)).Of("errors");
        fewer.Verdict.ShouldBe(MetricVerdict.Fail, fewer.Reason);
        (fewer.Control, fewer.Canary, fewer.Accepted).ShouldBe((0.99, 0.95, -0.02));
        fewer.High.ShouldNotBeNull().ShouldBeLessThan(0);
        CanaryJudge.Of(plan, 0, Reading(plan, 376_200, 380_000, 19_800, 20_000)).Of("errors").Verdict.ShouldBe(MetricVerdict.Pass);
    }

    [Theory]
    [InlineData(1.0, nameof(MetricVerdict.Pass))]
    [InlineData(1.05, nameof(MetricVerdict.Pass))]
    [InlineData(1.5, nameof(MetricVerdict.Fail))]
    public void A_quantile_is_judged_by_the_requests_beyond_controls(double factor, string verdict)
    {
        var judged = Latency(MadeCanary.Durations(190_000, 1), MadeCanary.Durations(10_000, factor));
        judged.Verdict.ToString().ShouldBe(verdict, judged.Reason);
        var truth = judged.Control!.Value * (factor - 1);
        judged.Low.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(truth + 1);
        judged.High.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(truth - 1);
        (judged.High.Value - judged.Low.Value).ShouldBeLessThan(0.3 * judged.Control.Value);
    }

    [Fact]
    public void Durations_that_are_all_equal_are_judged_too()
    {
        QuantileSketch Equal(int n, double value)
        {
            var sketch = new QuantileSketch();
            for (var i = 0; i < n; i++)
            {
                sketch.Add(value);
            }

            return sketch;
        }

        Latency(Equal(19_000, 10), Equal(1_000, 10)).Verdict.ShouldNotBe(MetricVerdict.Fail);
        Latency(Equal(19_000, 10), Equal(1_000, 30)).Verdict.ShouldBe(MetricVerdict.Fail);
        Latency(Equal(19_000, 0), Equal(1_000, 0)).Verdict.ShouldNotBe(MetricVerdict.Fail);
        Latency(new QuantileSketch(), Equal(1_000, 0)).Verdict.ShouldBe(MetricVerdict.NoData);
    }

    [Fact]
    public void A_mean_waits_for_values_and_for_variance()
    {
        Quality(Moments.FromSummary(1_000, 0.8, 0.1), Moments.FromSummary(199, 0.8, 0.1)).Reason.ShouldContain("judged from 200");
        Quality(Moments.FromSummary(1_000, 1, 0), Moments.FromSummary(1_000, 1, 0)).Reason.ShouldContain("without variance proves nothing");
        Quality(Moments.FromSummary(9_000, 0.8, 0.1), Moments.FromSummary(1_000, 0.7, 0.1)).Verdict.ShouldBe(MetricVerdict.Fail);
        Quality(Moments.FromSummary(9_000, 0.8, 0.1), Moments.FromSummary(1_000, 0.9, 0.1)).Verdict.ShouldBe(MetricVerdict.Pass);
    }

    [Fact]
    public void A_metric_that_a_source_forgets_is_an_error()
    {
        var judged = CanaryJudge.Of(Plan, 0, new CanaryReading(10, 10, []));
        judged.Count.ShouldBe(4);
        judged.ShouldAllBe(j => j.Verdict == MetricVerdict.Error);
    }

    private static MetricJudgement Errors(long controlBad, long control, long canaryBad, long canary) =>
        CanaryJudge.Of(Plan, 0, Reading(Plan, controlBad, control, canaryBad, canary)).Of("errors");

    private static MetricJudgement Latency(QuantileSketch control, QuantileSketch canary) =>
        CanaryJudge
            .Of(Plan, 0, new CanaryReading(1, 1, [new MetricReading("latency", ArmReading.Quantile(control), ArmReading.Quantile(canary))]))
            .Of("latency");

    private static MetricJudgement Quality(Moments control, Moments canary) =>
        CanaryJudge.Of(Plan, 0, new CanaryReading(1, 1, [new MetricReading("quality", ArmReading.Mean(control), ArmReading.Mean(canary))])).Of("quality");

    private static CanaryReading Reading(CanaryPlan plan, long controlPositive, long control, long canaryPositive, long canary) =>
        new(
            control,
            canary,
            [
                .. plan.Metrics.Select(m =>
                    m.Name == "errors" ? MadeCanary.Rate("errors", control, controlPositive, canary, canaryPositive) : MadeCanary.Reading(m, 1_000, 1_000)
                ),
            ]
        );
}
