using Assay.Experimentation.Analysis;
using Assay.Experimentation.Experiments;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;
using Assay.Stores;
using static Assay.Experimentation.Tests.Analysis.MadeExperiment;

namespace Assay.Experimentation.Tests.Analysis;

/// <summary>
/// False alarms of experiments without an effect that are looked at 20 times, from 100 to 2,000 units in each arm: the whole analysis, from seeded values
/// as skewed as latencies and as rare as complaints.
/// </summary>
public sealed class AnyLookTests
{
    private const int Looks = 20;
    private const int UnitsPerLook = 100;
    private const int Runs = 120;

    [Theory]
    [InlineData("mean")]
    [InlineData("sum")]
    [InlineData("rate")]
    [InlineData("ratio")]
    [InlineData("p95")]
    public void At_most_one_in_twenty_calls_a_difference_that_is_not_there(string kind)
    {
        var experiment = Of(Goal("x", kind));
        experiment.PreExposureHours = 1;

        Alarms(experiment, shift: 0, f => f is Finding.Better or Finding.Worse).ShouldBeLessThanOrEqualTo(0.05);
    }

    [Fact]
    public void Looking_at_a_fixed_horizon_every_day_would_call_one_in_five()
    {
        var called = 0;
        for (var run = 0; run < Runs; run++)
        {
            var (control, treatment) = (new Grown(run), new Grown(run + 100_000));
            var isCalled = false;
            for (var look = 0; look < Looks; look++)
            {
                control.Add(UnitsPerLook, "mean", 0);
                treatment.Add(UnitsPerLook, "mean", 0);
                isCalled |= WelchTest.Compare(control.Means, treatment.Means).AsComputed!.P!.Value.IsAtMost(0.05);
            }

            called += isCalled ? 1 : 0;
        }

        ((double)called / Runs).ShouldBeGreaterThan(0.15);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("rate")]
    public void A_guardrail_at_its_margin_is_called_broken_or_held_by_chance_at_most_once_in_twenty_each(string kind)
    {
        var experiment = Of(Guard("x", Shift(kind), kind));

        Alarms(experiment, Shift(kind), f => f is Finding.Broken or Finding.Held).ShouldBeLessThanOrEqualTo(0.1);
    }

    private static double Shift(string kind) => kind == "rate" ? 0.05 : 0.3;

    /// <summary>The share of experiments with such a finding at any look.</summary>
    private static double Alarms(ExperimentFile experiment, double shift, Func<Finding, bool> isAlarm)
    {
        var kind = experiment.Metrics[0].Kind;
        var alarms = 0;
        for (var run = 0; run < Runs; run++)
        {
            var (control, treatment) = (new Grown(run), new Grown(run + 100_000));
            for (var look = 0; look < Looks; look++)
            {
                control.Add(UnitsPerLook, kind, 0);
                treatment.Add(UnitsPerLook, kind, shift);
                var report = ExperimentAnalysis.Of(experiment, Sums(control.ToArm("control"), treatment.ToArm("treatment")), [], Now);
                if (isAlarm(report.Metrics[0].Comparisons.Single().Finding))
                {
                    alarms++;
                    break;
                }
            }
        }

        return (double)alarms / Runs;
    }

    /// <summary>An arm that units join.</summary>
    private sealed class Grown(int seed)
    {
        private readonly Random random = new(seed);
        private readonly QuantileSketch sketch = new();
        private PairMoments ratio;
        private PairMoments covariate;
        private PairMoments meanCovariate;
        private long units;
        private long positive;
        private long outcomes;

        public Moments Means { get; private set; }

        public void Add(int more, string kind, double shift)
        {
            var (means, sums, counts, before) = (new double[more], new double[more], new double[more], new double[more]);
            for (var i = 0; i < more; i++)
            {
                // Requests of one unit are alike: they share its level.
                var level = Normal();
                before[i] = Math.Exp(level + (0.5 * Normal()));
                counts[i] = kind is "mean" or "rate" ? 1 : 1 + random.Next(4);
                for (var j = 0; j < counts[i]; j++)
                {
                    var value = kind == "rate" ? (random.NextDouble() < 0.05 + shift ? 1 : 0) : Math.Exp((level + Normal()) / Math.Sqrt(2)) + shift;
                    sums[i] += value;
                    if (kind == "p95")
                    {
                        sketch.Add(value);
                    }
                }

                means[i] = sums[i] / counts[i];
                positive += sums[i] != 0 ? 1 : 0;
                outcomes += (long)counts[i];
            }

            units += more;
            Means = Moments.Merge(Means, Moments.Of(means));
            ratio = PairMoments.Merge(ratio, PairMoments.Of(sums, counts));
            covariate = PairMoments.Merge(covariate, PairMoments.Of(before, sums));
            // Two of three units are known from before.
            var known = more * 2 / 3;
            meanCovariate = PairMoments.Merge(meanCovariate, PairMoments.Of(before.AsSpan(0, known), means.AsSpan(0, known)));
        }

        public VariantSums ToArm(string name) =>
            Arm(
                name,
                units,
                new MetricSums("x")
                {
                    UnitMeans = Means,
                    Ratio = ratio,
                    Covariate = covariate,
                    MeanCovariate = meanCovariate,
                    Positive = positive,
                    Outcomes = outcomes,
                    NotFinite = 0,
                    Values = sketch,
                }
            );

        private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
