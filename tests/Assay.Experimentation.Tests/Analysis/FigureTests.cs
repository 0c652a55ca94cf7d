using System.Text.Json;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Reports;
using Assay.Statistics.Means;
using Assay.Statistics.Rates;
using Assay.Statistics.Samples;
using Assay.Stores;
using static Assay.Experimentation.Tests.Analysis.MadeExperiment;

namespace Assay.Experimentation.Tests.Analysis;

public sealed class FigureTests
{
    private const int Units = 3000;

    [Fact]
    public void At_the_planned_size_means_are_those_of_Welch()
    {
        var (c, t) = (Normal(1, Units, 0.7, 0.2), Normal(2, Units, 0.71, 0.2));
        var row = Look(Fixed(Goal("score")), Arm("control", Units, Values("score", Units, c)), Arm("treatment", Units, Values("score", Units, t)));

        var welch = WelchTest.Compare(Moments.Of(c), Moments.Of(t)).AsComputed!;
        row.Difference.Estimate.ShouldBe(welch.Estimate);
        row.Difference.Low.ShouldBe(welch.Interval!.Value.Low);
        row.Difference.P.ShouldBe(welch.P!.Value.Value);
        row.Difference.Method.ShouldStartWith("Welch's t test");
        row.Detectable.ShouldNotBeNull().ShouldBe(2.8 * welch.StandardError!.Value, 0.01 * welch.StandardError.Value);
    }

    [Fact]
    public void At_the_planned_size_rates_are_those_of_two_proportions()
    {
        var (c, t) = (Ones(300), Ones(360));
        var row = Look(Fixed(Goal("solved", "rate")), Arm("control", Units, Values("solved", Units, c)), Arm("treatment", Units, Values("solved", Units, t)));

        var test = RateDifference.Compare(300, Units, 360, Units).AsComputed!;
        row.Difference.Estimate.ShouldBe(test.Estimate);
        row.Difference.P.ShouldBe(test.P!.Value.Value);
        row.Finding.ShouldBe(Finding.Better);
    }

    [Fact]
    public void At_the_planned_size_ratios_are_those_of_the_delta_method()
    {
        var row = Look(Fixed(Goal("cost_usd", "ratio", "lower")), Ratio("control", 1, 0.5), Ratio("treatment", 2, 0.45));

        row.Difference.Method.ShouldContain("delta method");
        row.Difference.Estimate.ShouldNotBeNull().ShouldBe(-0.05, 0.01);
        row.Finding.ShouldBe(Finding.Better);
    }

    [Fact]
    public void Ratios_are_looked_at_sequentially_through_what_each_unit_contributes()
    {
        var sequential = Look(Of(Goal("cost_usd", "ratio", "lower")), Ratio("control", 1, 0.5), Ratio("treatment", 2, 0.45));
        var once = Look(Fixed(Goal("cost_usd", "ratio", "lower")), Ratio("control", 1, 0.5), Ratio("treatment", 2, 0.45));

        sequential.Difference.Method.ShouldContain("confidence sequence");
        sequential.Difference.Method.ShouldContain("linearised");
        sequential.Difference.Estimate!.Value.ShouldBe(once.Difference.Estimate!.Value, 1e-12);
        Width(sequential).ShouldBeGreaterThan(Width(once));
        Width(sequential).ShouldBeLessThan(2 * Width(once));
    }

    [Fact]
    public void A_covariate_sharpens_a_sum_and_the_plain_figure_stands_beside()
    {
        var experiment = Of(Goal("answers", "sum"));
        experiment.PreExposureHours = 48;
        var row = Look(experiment, Covaried("control", 1, 0), Covaried("treatment", 2, 0.1));

        row.Difference.Method.ShouldContain("CUPED");
        row.VarianceReduction.ShouldNotBeNull().ShouldBeInRange(0.6, 0.95);
        var beside = row.Beside.ShouldNotBeNull();
        (beside.High - beside.Low).ShouldNotBeNull().ShouldBeGreaterThan(1.5 * Width(row));
    }

    [Fact]
    public void A_quantile_states_what_its_sketch_may_be_wrong_by()
    {
        var row = Look(Of(Goal("latency_ms", "p95", "lower")), Latency("control", 1, 400), Latency("treatment", 2, 300));

        row.Difference.Method.ShouldContain("right to");
        row.Difference.Estimate.ShouldNotBeNull().ShouldBe(-100, 15);
        row.Finding.ShouldBe(Finding.Better);
    }

    [Fact]
    public void Values_of_one_unit_count_as_one_for_a_quantile()
    {
        // Ten copies of each unit's value say no more than one.
        var once = Look(Of(Goal("latency_ms", "p95", "lower")), Latency("control", 1, 400), Latency("treatment", 2, 390));
        var copied = Look(Of(Goal("latency_ms", "p95", "lower")), Latency("control", 1, 400, copies: 10), Latency("treatment", 2, 390, copies: 10));

        Width(copied).ShouldBe(Width(once), 0.05 * Width(once));
    }

    [Fact]
    public void Many_goals_are_corrected()
    {
        var names = Enumerable.Range(0, 10).Select(i => $"m{i}").ToList();
        var experiment = Of([.. names.Select(n => Goal(n))]);
        VariantSums Arm(string arm, int seed, double shift) =>
            MadeExperiment.Arm(arm, Units, [.. names.Select((n, i) => Values(n, Units, Normal(seed + i, Units, i == 0 ? shift : 0, 1)))]);

        var report = ExperimentAnalysis.Of(experiment, Sums(Arm("control", 10, 0), Arm("treatment", 50, 0.13)), [], Now);

        var row = report.Metrics[0].Comparisons.Single();
        row.AdjustedP!.Value.ShouldBe(10 * row.Difference.P!.Value, 1e-9 * row.AdjustedP.Value);
    }

    [Fact]
    public void Every_treatment_is_compared_with_control_and_the_best_that_may_ship_wins()
    {
        var experiment = Of(Goal("score"));
        experiment.Variants =
        [
            new ArmEntry { Name = "control", Weight = 34 },
            new ArmEntry { Name = "a", Weight = 33 },
            new ArmEntry { Name = "b", Weight = 33 },
        ];
        var report = ExperimentAnalysis.Of(experiment, Sums(Score("control", 3400, 0.7), Score("a", 3300, 0.75), Score("b", 3300, 0.8)), [], Now);

        report.Decision.Action.ShouldBe(DecidedAction.Ship);
        report.Decision.Variant.ShouldBe("b");
        report.Decision.Reason.ShouldContain("a may ship too");
        report.Metrics.Single().Comparisons.Select(c => c.Variant).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_relative_margin_moves_with_control()
    {
        var guard = new MetricEntry
        {
            Name = "latency_ms",
            Role = "guardrail",
            Better = "lower",
            RelativeMargin = 0.05,
        };
        VariantSums Arm(string arm, int seed, double mean) => MadeExperiment.Arm(arm, Units, Values("latency_ms", Units, Normal(seed, Units, mean, 60)));

        Look(Of(guard), Arm("control", 1, 400), Arm("treatment", 2, 405)).Finding.ShouldBe(Finding.Held);
        var broken = Look(Of(guard), Arm("control", 1, 400), Arm("treatment", 2, 440));
        broken.Finding.ShouldBe(Finding.Broken);
        broken.Limit.ShouldNotBeNull().ShouldBe(20, 1);
    }

    [Theory]
    [InlineData(300, nameof(Finding.Held))]
    [InlineData(380, nameof(Finding.Open))]
    [InlineData(600, nameof(Finding.Broken))]
    public void A_rate_is_held_to_a_share_of_controls(int bad, string finding)
    {
        var guard = new MetricEntry
        {
            Name = "complaint",
            Kind = "rate",
            Role = "guardrail",
            Better = "lower",
            RelativeMargin = 0.3,
        };

        Look(Of(guard), Rate("control", 300), Rate("treatment", bad)).Finding.ToString().ShouldBe(finding);

        static VariantSums Rate(string arm, int ones) => Arm(arm, Units, Values("complaint", Units, Ones(ones)));
    }

    [Fact]
    public void The_order_of_arms_in_the_sums_changes_nothing()
    {
        var sums = Sums(Score("control", Units, 0.7), Score("treatment", Units, 0.71));

        var (there, back) = (
            ExperimentAnalysis.Of(Of(Goal("score")), sums, [], Now),
            ExperimentAnalysis.Of(Of(Goal("score")), sums with { Variants = [.. sums.Variants.Reverse()], ByDay = [.. sums.ByDay.Reverse()] }, [], Now)
        );

        ReportJson.Text(back).ShouldBe(ReportJson.Text(there));
    }

    [Fact]
    public void No_sums_however_wild_put_NaN_into_the_json()
    {
        double[] wild = [0, -0.0, 1e308, -1e308, double.Epsilon, 1, double.MaxValue];
        foreach (var kind in (string[])["mean", "sum", "rate", "ratio", "p50", "p99"])
        {
            for (var i = 0; i < 15; i++)
            {
                var experiment = Of(
                    Goal("x", kind),
                    new MetricEntry
                    {
                        Name = "y",
                        Kind = kind,
                        Role = "guardrail",
                        RelativeMargin = 0.1,
                    }
                );
                experiment.PreExposureHours = i % 2;
                experiment.Analysis = i % 3 == 0 ? new AnalysisEntry { Method = "fixed", UnitsPerArm = 100 } : new AnalysisEntry();
                var text = ReportJson.Text(ExperimentAnalysis.Of(experiment, Sums(Wild("control", i), Wild("treatment", i + 1000)), [], Now));

                using var json = JsonDocument.Parse(text);
                text.ShouldNotContain("NaN");
                text.ShouldNotContain("Infinity");
                ExperimentMarkdown
                    .Text(ExperimentAnalysis.Of(experiment, Sums(Wild("control", i), Wild("treatment", i + 1000)), [], Now))
                    .ShouldNotContain("NaN");
            }
        }

        VariantSums Wild(string arm, int seed)
        {
            var random = new Random(seed);
            var units = random.Next(0, 300);
            double[] Some() => [.. Enumerable.Range(0, units).Select(_ => wild[random.Next(1 + random.Next(wild.Length))])];
            return Arm(arm, units, Values("x", units, Some(), Some(), sketch: true), Values("y", units, Some(), Some(), sketch: true));
        }
    }

    private static ArmComparison Look(ExperimentFile experiment, params VariantSums[] arms) =>
        ExperimentAnalysis.Of(experiment, Sums(arms), [], Now).Metrics[0].Comparisons.Single();

    private static ExperimentFile Fixed(MetricEntry goal)
    {
        var experiment = Of(goal);
        experiment.Analysis = new AnalysisEntry { Method = "fixed", UnitsPerArm = Units };
        return experiment;
    }

    private static double Width(ArmComparison row) => row.Difference.High!.Value - row.Difference.Low!.Value;

    private static VariantSums Score(string arm, int units, double mean) => Arm(arm, units, Values("score", units, Normal(arm.Length, units, mean, 0.2)));

    private static double[] Ones(int ones) => [.. Enumerable.Range(0, Units).Select(i => i < ones ? 1.0 : 0)];

    private static VariantSums Ratio(string arm, int seed, double ratio)
    {
        var tokens = Normal(seed, Units, 20, 4);
        var noise = Normal(seed + 7, Units, 0, 1);
        var cost = tokens.Select((t, i) => (ratio * t) + noise[i]).ToArray();
        return Arm(arm, Units, Values("cost_usd", Units, cost) with { Ratio = PairMoments.Of(cost, tokens) });
    }

    private static VariantSums Covaried(string arm, int seed, double effect)
    {
        var before = Normal(seed, Units, 5, 1);
        var noise = Normal(seed + 7, Units, 0, 0.5);
        return Arm(arm, Units, Values("answers", Units, [.. before.Select((b, i) => b + noise[i] + effect)], before));
    }

    private static VariantSums Latency(string arm, int seed, double mean, int copies = 1)
    {
        var values = Normal(seed, Units, mean, 40);
        var sums = Values("latency_ms", Units, values, sketch: true);
        var sketch = new QuantileSketch();
        foreach (var value in values.SelectMany(v => Enumerable.Repeat(v, copies)))
        {
            sketch.Add(value);
        }

        var counts = Enumerable.Repeat((double)copies, Units).ToArray();
        return Arm(arm, Units, sums with { Values = sketch, Ratio = PairMoments.Of(values, counts) });
    }
}
