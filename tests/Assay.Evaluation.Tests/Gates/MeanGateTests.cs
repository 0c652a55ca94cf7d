using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Tests.Gates;

public sealed class MeanGateTests
{
    private static readonly GateEntry AtLeast07 = new()
    {
        Metric = "judge",
        AtLeast = 0.7,
        Warn = 0.75,
    };

    [Fact]
    public void A_mean_passes_when_its_whole_interval_is_on_the_good_side()
    {
        var gate = new MadeRun("judge").Cases(Spread(0.9, 60)).Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Pass);
        gate.Interval!.Value.Low!.Value.ShouldBeGreaterThan(0.7);
        gate.IsWarning.ShouldBeFalse();
    }

    [Fact]
    public void A_mean_fails_when_its_whole_interval_is_on_the_bad_side()
    {
        var gate = new MadeRun("judge").Cases(Spread(0.5, 60)).Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Fail);
        gate.Interval!.Value.High!.Value.ShouldBeLessThan(0.7);
        gate.Reason.ShouldContain("The whole interval misses the limit.");
    }

    [Fact]
    public void A_mean_whose_interval_holds_the_limit_is_inconclusive_and_says_how_many_cases_decide_it()
    {
        var gate = new MadeRun("judge").Cases(Spread(0.71, 60)).Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        // sd 0.1, distance 0.01: (1.645 + 0.842)² · 100 ≈ 618 cases in all, 636 since 60 cases know the sd only so well.
        gate.NeededCases!.Value.ShouldBeInRange(540, 580);
        gate.Detectable!.Value.ShouldBe(0.0325, 0.001);
        gate.Reason.ShouldBe(
            "0.710, [0.688, 0.732], limit ≥ 0.700, 60\u00a0cases. About 576 more cases decide it if it stays so. These 60 show a distance of 0.032 from the limit in 80 % of runs."
        );
    }

    [Fact]
    public void Ten_cases_are_inconclusive_however_good_they_look()
    {
        var gate = new MadeRun("judge").Cases(Spread(0.95, 10)).Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Reason.ShouldContain("20\u00a0cases more");
    }

    [Fact]
    public void A_pass_between_limit_and_warn_is_a_warning()
    {
        var gate = new MadeRun("judge").Cases(Spread(0.73, 200)).Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Pass);
        gate.IsWarning.ShouldBeTrue();
    }

    [Fact]
    public void Missing_values_never_pass()
    {
        var run = new MadeRun("judge").Cases(Spread(0.9, 60));
        for (var i = 0; i < 4; i++)
        {
            run.Case(null, new Measurement.Error("no JSON"));
        }

        var gate = run.Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Reason.ShouldContain("4\u00a0cases of 64 have no value");
    }

    [Fact]
    public void Cases_that_a_metric_does_not_apply_to_are_not_missing()
    {
        var run = new MadeRun("judge").Cases(Spread(0.9, 60));
        for (var i = 0; i < 20; i++)
        {
            run.Case(null, new Measurement.NotApplicable("no reference"));
        }

        var gate = run.Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Pass);
        gate.N.ShouldBe(60);
    }

    [Fact]
    public void An_unfinished_run_cannot_pass()
    {
        var gate = new MadeRun("judge") { Unasked = 10 }
            .Cases(Spread(0.9, 60))
            .Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void Without_a_value_there_is_no_data()
    {
        var gate = new MadeRun("judge").Fault().Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.NoData);
    }

    [Fact]
    public void Repeats_of_a_case_are_one_observation()
    {
        var once = new MadeRun("judge").Cases(Spread(0.72, 60)).Gate(AtLeast07);
        var run = new MadeRun("judge") { Repeats = 5 };
        foreach (var value in Spread(0.72, 60))
        {
            run.Case(null, value, value, value, value, value);
        }

        var five = run.Gate(AtLeast07);
        five.N.ShouldBe(60);
        five.Interval.ShouldBe(once.Interval);
    }

    [Fact]
    public void Cases_of_one_cluster_are_not_independent()
    {
        // 16 channels of 10 posts that all got the channel's value.
        var values = Spread(0.74, 16).SelectMany(v => Enumerable.Repeat(v, 10)).ToList();
        var alone = new MadeRun("judge").Cases(values).Gate(AtLeast07);
        var clustered = new MadeRun("judge").Cases(values, i => $"channel {i / 10}").Gate(AtLeast07);

        alone.Verdict.ShouldBe(Verdict.Pass);
        clustered.Verdict.ShouldBe(Verdict.Inconclusive);
        clustered.Clusters.ShouldBe(16);
        clustered.Method.ShouldContain("jackknife over clusters");
    }

    [Fact]
    public void Few_clusters_do_not_decide_nor_do_unequal_ones()
    {
        var gate = new MadeRun("judge").Cases(Spread(0.95, 90), i => $"channel {i % 9}").Gate(AtLeast07);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Reason.ShouldContain("9 clusters, worth 9.000 of one size");
        var unequal = new MadeRun("judge").Cases(Spread(0.95, 90), i => i < 60 ? "large" : $"channel {i}").Gate(AtLeast07);
        unequal.Clusters.ShouldBe(31);
        // 90²/(60² + 30) = 2.23.
        unequal.Reason.ShouldContain("31 clusters, worth 2.231 of one size");
    }

    [Fact]
    public void Equal_values_pass_by_an_exact_bound_and_not_by_a_lack_of_variance()
    {
        new MadeRun("judge").Cases(Enumerable.Repeat(1.0, 30)).Gate(AtLeast07).Verdict.ShouldBe(Verdict.Pass);
        var near = new MadeRun("judge").Cases(Enumerable.Repeat(0.72, 60)).Gate(AtLeast07);
        near.Verdict.ShouldBe(Verdict.Inconclusive);
        // 0.72 · 0.05^(1/60)
        near.Interval!.Value.Low!.Value.ShouldBe(0.72 * Math.Pow(0.05, 1 / 60.0), 1e-9);
    }

    [Fact]
    public void A_smoke_run_decides_by_the_point_and_its_evidence_says_so()
    {
        var run = new MadeRun("judge") { IsSmoke = true }.Cases([0.8, 0.9, 0.6]);
        var verdict = run.Verdict(AtLeast07);
        verdict.Verdict.ShouldBe(Verdict.Pass);
        verdict.Gates[0].Interval.ShouldBeNull();
        verdict.Evidence(new Candidate(), DateTimeOffset.UnixEpoch).ShouldAllBe(e => e.IsSmoke);
        new MadeRun("judge") { IsSmoke = true }
            .Cases([0.6])
            .Verdict(AtLeast07)
            .Verdict.ShouldBe(Verdict.Fail);
    }

    /// <summary>Values around a mean with a standard deviation of 0.1.</summary>
    internal static IEnumerable<double> Spread(double mean, int count)
    {
        var up = Math.Sqrt((count - 1.0) / count) * 0.1;
        return Enumerable.Range(0, count).Select(i => mean + (i % 2 == 0 ? up : -up));
    }
}
