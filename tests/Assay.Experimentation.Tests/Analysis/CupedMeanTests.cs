using Assay.Experimentation.Analysis;
using Assay.Experimentation.Experiments;
using Assay.Statistics.Samples;
using Assay.Stores;
using static Assay.Experimentation.Tests.Analysis.MadeExperiment;

namespace Assay.Experimentation.Tests.Analysis;

/// <summary>
/// Unit means adjusted by what the same units did before, where a share of the units is new: by simulation from seeds. With the correlation ρ and the share p
/// of units that are known from before, the variance falls by pρ² where new units are like the others.
/// </summary>
public sealed class CupedMeanTests
{
    private const int Runs = 600;
    private const int Units = 250;

    [Theory]
    [InlineData(0.7, 1)]
    [InlineData(0.7, 0.5)]
    [InlineData(0.9, 0.8)]
    [InlineData(0, 1)]
    public void The_variance_falls_by_the_squared_correlation_times_the_share_of_units_known_before(double correlation, double known)
    {
        var theory = known * correlation * correlation;
        var rows = Rows(new Made(correlation, known, NewUnits: 0, Effect: 0));

        rows.Average(r => r.VarianceReduction!.Value).ShouldBe(theory, 0.02);
        // The differences themselves scatter as much less as the report says.
        var ratio = Variance(rows.Select(r => r.Difference.Estimate!.Value)) / Variance(rows.Select(r => r.Beside!.Estimate!.Value));
        ratio.ShouldBe(1 - theory, 0.25 * (1 - theory));
        rows.ShouldAllBe(r => r.Difference.Method.Contains("unit means, adjusted by those before the exposure (CUPED)"));
    }

    [Theory]
    [InlineData(0.8, 1, 0)]
    [InlineData(0.8, 0.5, 0)]
    [InlineData(0.8, 0.5, 2)]
    public void Without_an_effect_one_in_twenty_is_called(double correlation, double known, double newUnits)
    {
        var rows = Rows(new Made(correlation, known, newUnits, Effect: 0));

        // Three standard errors of a share of 5 % in 600.
        ((double)rows.Count(r => r.Finding is Finding.Better or Finding.Worse) / Runs).ShouldBeInRange(0.023, 0.077);
    }

    [Fact]
    public void An_effect_is_neither_made_nor_lost_and_is_found_more_often()
    {
        var rows = Rows(new Made(Correlation: 0.8, Known: 0.7, NewUnits: 1, Effect: 0.2));

        rows.Average(r => r.Difference.Estimate!.Value).ShouldBe(0.2, 0.015);
        rows.Count(r => r.Finding == Finding.Better).ShouldBeGreaterThan((int)(1.2 * rows.Count(r => r.Beside!.Low > 0)));
    }

    [Fact]
    public void A_few_units_known_from_before_adjust_nothing()
    {
        var row = Look(1, new Made(0.9, Known: 0.08, NewUnits: 0, Effect: 0));

        row.Difference.Method.ShouldContain("unit means");
        row.Difference.Method.ShouldNotContain("CUPED");
        (row.Beside, row.VarianceReduction).ShouldBe((null, null));
    }

    [Fact]
    public void Always_valid_figures_are_adjusted_too()
    {
        var experiment = Experiment();
        experiment.Analysis = new AnalysisEntry();
        var row = Look(1, new Made(0.9, Known: 1, NewUnits: 0, Effect: 0), experiment);

        row.Difference.Method.ShouldContain("confidence sequence");
        row.Difference.Method.ShouldContain("CUPED");
        (row.Difference.High - row.Difference.Low)!.Value.ShouldBe((row.Beside!.High - row.Beside.Low)!.Value * Math.Sqrt(1 - 0.81), 0.05);
    }

    private static List<ArmComparison> Rows(Made made) => [.. Enumerable.Range(0, Runs).Select(run => Look(run, made))];

    private static ArmComparison Look(int run, Made made, ExperimentFile? experiment = null) =>
        ExperimentAnalysis
            .Of(experiment ?? Experiment(), Sums(made.Arm("control", run, 0), made.Arm("treatment", run + 100_000, made.Effect)), [], Now)
            .Metrics[0]
            .Comparisons.Single();

    private static ExperimentFile Experiment()
    {
        var experiment = Of(Goal("score"));
        experiment.PreExposureHours = 48;
        experiment.Analysis = new AnalysisEntry { Method = "fixed", UnitsPerArm = Units };
        return experiment;
    }

    private static double Variance(IEnumerable<double> values) => Moments.Of([.. values]).Variance;

    /// <param name="Correlation">Of a unit's mean before with that after.</param>
    /// <param name="Known">The share of units that did something before.</param>
    /// <param name="NewUnits">By how much units that did nothing before differ from the others.</param>
    /// <param name="Effect">What the treatment adds.</param>
    private sealed record Made(double Correlation, double Known, double NewUnits, double Effect)
    {
        public VariantSums Arm(string name, int seed, double effect)
        {
            var (before, own, draw) = (Normal(seed, Units, 0, 1), Normal(seed + 1_000_000, Units, 0, 1), new Random(seed));
            var isKnown = before.Select(_ => draw.NextDouble() < Known).ToArray();
            var after = before
                .Select((b, i) => (Correlation * b) + (Math.Sqrt(1 - (Correlation * Correlation)) * own[i]) + effect + (isKnown[i] ? 0 : NewUnits))
                .ToArray();
            int[] known = [.. Enumerable.Range(0, Units).Where(i => isKnown[i])];
            return MadeExperiment.Arm(
                name,
                Units,
                Values("score", Units, after) with
                {
                    MeanCovariate = PairMoments.Of([.. known.Select(i => before[i])], [.. known.Select(i => after[i])]),
                }
            );
        }
    }
}
