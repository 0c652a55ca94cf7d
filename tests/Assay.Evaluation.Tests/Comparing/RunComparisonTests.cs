using System.Text;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Comparing;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Reports;
using Assay.Statistics;

namespace Assay.Evaluation.Tests.Comparing;

public sealed class RunComparisonTests
{
    [Fact]
    public void Differences_are_paired_by_case()
    {
        // Cases differ by 0.8 among each other, the candidate is 0.02 ± 0.01 better in each: only pairing shows it.
        var before = Enumerable.Range(0, 40).Select(i => 0.1 + (0.02 * i)).ToList();
        var after = before.Select((v, i) => v + (i % 2 == 0 ? 0.03 : 0.01));
        var metric = Compare(new MadeRun("judge").Cases(before), new MadeRun("judge").Cases(after)).Metrics.Single();

        metric.Difference.AsComputed!.Estimate.ShouldBe(0.02, 1e-12);
        metric.Change.ShouldBe(Change.Better);
        (metric.Wins, metric.Losses, metric.Ties).ShouldBe((40, 0, 0));
        metric.Sign!.AsComputed!.P!.Value.Value.ShouldBe(Math.Pow(0.5, 39), 1e-15);
    }

    [Fact]
    public void Of_a_metric_where_less_is_better_the_smaller_value_wins()
    {
        PlannedMetric[] length = [new("length", "f", new MetricScale(HigherIsBetter: false, 0, null, "characters"))];
        var before = new MadeRun(length).Cases(Enumerable.Range(0, 40).Select(i => 100.0 + i));
        var after = new MadeRun(length).Cases(Enumerable.Range(0, 40).Select(i => 90.0 + i + (i % 3)));
        var metric = Compare(before, after).Metrics.Single();
        metric.Wins.ShouldBe(40);
        metric.Change.ShouldBe(Change.Better);
    }

    [Fact]
    public void Passes_and_fails_are_compared_by_mcnemar()
    {
        // 8 of 60 cases broke, 1 was mended: p = 2·P(X ≥ 8 of 9) = 20/512.
        var before = Enumerable.Range(0, 60).Select(i => i < 50 ? 1.0 : 0);
        var after = Enumerable.Range(0, 60).Select(i => i is (>= 8 and < 50) or 55 ? 1.0 : 0);
        var metric = Compare(new MadeRun("exact").Cases(before), new MadeRun("exact").Cases(after)).Metrics.Single();
        metric.Difference.Method.ShouldContain("McNemar");
        metric.Difference.AsComputed!.P!.Value.Value.ShouldBe(20 / 512.0, 1e-12);
        metric.Change.ShouldBe(Change.Worse);
    }

    [Fact]
    public void Equal_runs_show_no_difference()
    {
        var run = new MadeRun("judge").Cases(Gates.MeanGateTests.Spread(0.7, 40));
        var metric = Compare(run, run).Metrics.Single();
        metric.Difference.ShouldBeOfType<NotComputable>();
        metric.Change.ShouldBe(Change.NotShown);
        metric.Changed.ShouldBeEmpty();
    }

    [Fact]
    public void Cases_of_one_cluster_change_together()
    {
        var before = Enumerable.Repeat(0.5, 60).ToList();
        var after = Enumerable.Range(0, 60).Select(i => i % 6 == 0 ? 0.45 : 0.55).ToList();
        var alone = Compare(new MadeRun("judge").Cases(before), new MadeRun("judge").Cases(after)).Metrics.Single();
        var clustered = Compare(new MadeRun("judge").Cases(before, i => $"{i % 6}"), new MadeRun("judge").Cases(after, i => $"{i % 6}")).Metrics.Single();
        alone.Change.ShouldBe(Change.Better);
        clustered.Change.ShouldBe(Change.NotShown);
        clustered.Sign.ShouldBeNull();
    }

    [Fact]
    public void The_cases_that_changed_most_come_first_losses_before_wins()
    {
        var before = Enumerable.Repeat(0.5, 30).ToArray();
        var after = before.ToArray();
        (after[3], after[7], after[9]) = (0.9, 0.1, 0.6);
        var metric = Compare(new MadeRun("judge").Cases(before), new MadeRun("judge").Cases(after)).Metrics.Single();
        metric.Changed.Select(c => c.Id).ShouldBe(["c7", "c3", "c9"]);
    }

    [Fact]
    public void Different_datasets_are_refused_unless_the_common_cases_are_asked_for()
    {
        var before = new MadeRun("judge").Cases(Gates.MeanGateTests.Spread(0.7, 40));
        var after = new MadeRun("judge") { DatasetHash = new string('b', 64) }.Cases(Gates.MeanGateTests.Spread(0.7, 50));
        Should.Throw<AssayException>(() => Compare(before, after)).Message.ShouldContain("different cases");

        var common = Compare(before, after, commonCases: true);
        (common.Common, common.OnlyBaseline, common.OnlyCandidate).ShouldBe((40, 0, 10));
        Markdown(common).ShouldContain("only the 40\u00a0cases with the same id are compared");
    }

    [Fact]
    public void Values_of_another_judge_are_not_compared()
    {
        PlannedMetric Judge(string fingerprint) => new("judge", fingerprint, MetricScale.Share);
        var before = new MadeRun([Judge("old")]).Cases(Gates.MeanGateTests.Spread(0.7, 40));
        var after = new MadeRun([Judge("new")]).Cases(Gates.MeanGateTests.Spread(0.7, 40));
        var comparison = Compare(before, after);
        comparison.Metrics.ShouldBeEmpty();
        comparison.Uncompared.Single().Reason.ShouldContain("another judge");
    }

    [Fact]
    public void Several_metrics_are_corrected_together()
    {
        var (before, after) = (new MadeRun("a", "b", "c"), new MadeRun("a", "b", "c"));
        for (var i = 0; i < 30; i++)
        {
            before.Case(null, new Measurement.Value(0.5), new Measurement.Value(0.5), new Measurement.Value(0.5));
            after.Case(null, Moved(i, 0.045), Moved(i, 0.0), Moved(i, 0.0));
        }

        var metric = Compare(before, after).Metrics[0];
        var p = metric.Difference.AsComputed!.P!.Value.Value;
        p.ShouldBeInRange(0.017, 0.05);
        metric.CorrectedP!.Value.ShouldBe(3 * p, 1e-12);
        metric.Change.ShouldBe(Change.NotShown);

        static Measurement.Value Moved(int i, double by) => new(0.5 + by + (i % 2 == 0 ? 0.105 : -0.105));
    }

    private static RunComparison Compare(MadeRun before, MadeRun after, bool commonCases = false) =>
        Pairing.Compare(new ComparedRun(before.Plan, before.Outcomes), new ComparedRun(after.Plan, after.Outcomes), commonCases);

    private static string Markdown(RunComparison comparison)
    {
        using var stream = new MemoryStream();
        RunReport.Markdown(stream, comparison);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
