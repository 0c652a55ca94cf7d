using Assay.Experimentation.Experiments;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Experimentation.Tests.Analysis;

/// <summary>Experiments and units that tests make up: the sums as a store computes them, from values that a test states.</summary>
internal static class MadeExperiment
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Two weeks after the start: no check speaks of a short time.</summary>
    public static readonly DateTimeOffset Now = Start.AddDays(Days);

    private const int Days = 14;

    public static ExperimentFile Of(params MetricEntry[] metrics) =>
        new()
        {
            Name = "reranker",
            Hypothesis = "The new reranker answers better.",
            Owner = "search",
            Variants = [new ArmEntry { Name = "control", Weight = 50 }, new ArmEntry { Name = "treatment", Weight = 50 }],
            Metrics = [.. metrics],
        };

    public static MetricEntry Goal(string name, string kind = "mean", string better = "higher") =>
        new()
        {
            Name = name,
            Kind = kind,
            Better = better,
        };

    public static MetricEntry Guard(string name, double margin, string kind = "mean", string better = "lower") =>
        new()
        {
            Name = name,
            Kind = kind,
            Better = better,
            Role = "guardrail",
            Margin = margin,
        };

    /// <summary>The sums of arms, whose units are given by metric.</summary>
    public static ExperimentSums Sums(params VariantSums[] variants) =>
        new([.. variants.OrderBy(v => v.Variant, StringComparer.Ordinal)])
        {
            First = Start,
            Last = Now,
            ByDay = [.. Enumerable.Range(0, Days).SelectMany(day => variants.Select(v => OfDay(v, day)))],
        };

    // As many on each day; the first have what is left.
    private static ExposedUnits OfDay(VariantSums arm, int day) =>
        new(DateOnly.FromDateTime(Start.UtcDateTime).AddDays(day), arm.Variant, (arm.Units / Days) + (day < arm.Units % Days ? 1 : 0));

    public static VariantSums Arm(string name, long units, params MetricSums[] metrics) => new(name, units, metrics);

    /// <summary>One value a unit; units beyond the values have none.</summary>
    public static MetricSums Values(string metric, long units, IReadOnlyList<double> values, IReadOnlyList<double>? before = null, bool sketch = false)
    {
        var sums = new double[units];
        var counts = new double[units];
        var earlier = new double[units];
        for (var i = 0; i < units; i++)
        {
            (sums[i], counts[i]) = i < values.Count ? (values[i], 1) : (0, 0);
            earlier[i] = before is null ? 0 : before[i];
        }

        return new MetricSums(metric)
        {
            UnitMeans = Moments.Of([.. values]),
            Ratio = PairMoments.Of(sums, counts),
            Covariate = PairMoments.Of(earlier, sums),
            MeanCovariate = before is null ? default : PairMoments.Of([.. before.Take(values.Count)], [.. values]),
            Positive = values.Count(v => v != 0),
            Outcomes = values.Count,
            NotFinite = 0,
            Values = sketch ? Sketch(values) : null,
        };
    }

    /// <summary>Normal values, the same for the same seed.</summary>
    public static double[] Normal(int seed, int count, double mean, double deviation)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))),
        ];
    }

    private static QuantileSketch Sketch(IEnumerable<double> values)
    {
        var sketch = new QuantileSketch();
        foreach (var value in values)
        {
            sketch.Add(value);
        }

        return sketch;
    }
}
