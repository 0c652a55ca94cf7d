using Assay.Evaluation.Gates.Learning;

namespace Assay.Evaluation.Tests.Gates.Learning;

public sealed class ThresholdLearningTests
{
    private const ThresholdSide Least = ThresholdSide.AtLeast;

    [Fact]
    public void Of_few_runs_it_is_the_prediction_bound_of_a_normal_sample()
    {
        // t(0.95, 4) = 2.131847, mean 0.70, s = 0.0158114, so 0.70 − 2.131847·0.0158114·√1.2 = 0.663076.
        var learned = ThresholdLearning.Of("g", Least, Figures(0.68, 0.69, 0.70, 0.71, 0.72), floor: null, alpha: 0.05);
        learned.Limit!.Value.ShouldBe(0.663076, 1e-6);
        learned.Runs.ShouldBe(5);
        learned.Method.ShouldContain("normal");
        learned.RunDeviation!.Value.ShouldBe(0.0158114, 1e-6);
    }

    [Fact]
    public void Of_nineteen_runs_at_5_percent_it_is_their_worst_and_of_39_their_second_worst()
    {
        var learned = ThresholdLearning.Of("g", Least, Figures([.. Enumerable.Range(1, 19).Select(i => i / 100.0)]), floor: null, alpha: 0.05);
        learned.Limit.ShouldBe(0.01);
        learned.Method.ShouldContain("ranks");
        ThresholdLearning.Of("g", Least, Figures([.. Enumerable.Range(1, 39).Select(i => i / 100.0)]), floor: null, alpha: 0.05).Limit.ShouldBe(0.02);
    }

    [Fact]
    public void An_upper_limit_is_the_mirror_of_a_lower_one()
    {
        var lower = ThresholdLearning.Of("g", Least, Figures(-5, -6, -7, -9, -5.5), floor: null, alpha: 0.05);
        var upper = ThresholdLearning.Of("g", ThresholdSide.AtMost, Figures(5, 6, 7, 9, 5.5), floor: null, alpha: 0.05);
        upper.Limit!.Value.ShouldBe(-lower.Limit!.Value, 1e-12);
        upper.Limit.Value.ShouldBeGreaterThan(9);
    }

    [Theory]
    [InlineData(Least, 0.5, 0.663076)]
    [InlineData(Least, 0.675, 0.675)]
    [InlineData(ThresholdSide.AtMost, 0.9, 0.736924)]
    [InlineData(ThresholdSide.AtMost, 0.73, 0.73)]
    public void No_limit_is_looser_than_its_floor(ThresholdSide side, double floor, double limit)
    {
        var learned = ThresholdLearning.Of("g", side, Figures(0.68, 0.69, 0.70, 0.71, 0.72), floor, alpha: 0.05);
        learned.Limit!.Value.ShouldBe(limit, 1e-6);
        learned.Floor.ShouldBe(floor);
        learned.Reason.Contains("floor", StringComparison.Ordinal).ShouldBe(limit == floor);
    }

    [Fact]
    public void Four_runs_teach_nothing_and_neither_do_runs_that_do_not_differ()
    {
        var few = ThresholdLearning.Of("g", Least, Figures(0.1, 0.2, 0.3, 0.4), floor: null, alpha: 0.05);
        few.Limit.ShouldBeNull();
        few.Reason.ShouldContain("4 blessed runs");
        var equal = ThresholdLearning.Of("g", Least, Figures(0.7, 0.7, 0.7, 0.7, 0.7, 0.7), floor: 0.5, alpha: 0.05);
        equal.Limit.ShouldBeNull();
        equal.Reason.ShouldContain("do not differ");
        ThresholdLearning.Of("g", Least, [], floor: null, alpha: 0.05).Reason.ShouldContain("0 blessed runs");
    }

    // The bound is exact for normal figures and, by ranks, for any: 5 % ± 4 standard errors of 20,000 draws.
    [Theory]
    [InlineData(5, false)]
    [InlineData(12, false)]
    [InlineData(19, true)]
    [InlineData(60, true)]
    public void An_unchanged_run_misses_its_limit_as_often_as_promised(int runs, bool skewed)
    {
        const int Rounds = 20_000;
        var random = new Random(20_267);
        var missed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var figures = Figures([.. Enumerable.Range(0, runs).Select(_ => Draw())]);
            missed += Draw() < ThresholdLearning.Of("g", Least, figures, floor: null, alpha: 0.05).Limit ? 1 : 0;
        }

        // By ranks it is ⌊0.05·(k + 1)⌋/(k + 1), at most 5 %.
        var promised = runs >= 19 ? Math.Floor(0.05 * (runs + 1)) / (runs + 1) : 0.05;
        (missed / (double)Rounds).ShouldBe(promised, 0.0062);

        double Draw()
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return skewed ? -Math.Exp(normal) : normal;
        }
    }

    private static BlessedFigure[] Figures(params double[] edges) => [.. edges.Select(edge => new BlessedFigure("g", "f", edge, edge, 100))];
}
