using Assay.Statistics.Samples;

namespace Assay.Stores.Tests.Events.Experiments;

/// <summary>The sums as their definition says them, over all events at once.</summary>
internal static class NaiveSums
{
    public static ExperimentSums Of(ExperimentQuery query, IEnumerable<object> events)
    {
        var before = query.Before is { } time ? Sample.Nanos(time) : long.MaxValue;
        var exposures = events.OfType<ExposureEvent>().Where(e => e.Experiment == query.Experiment && e.Version == query.Version && e.TimeNanos < before);
        var byUnit = exposures.GroupBy(e => e.Unit).ToDictionary(g => g.Key, g => g.ToList());
        var outcomes = events.OfType<OutcomeEvent>().Where(e => e.Experiment == query.Experiment && e.TimeNanos < before).ToLookup(e => e.Unit);
        var units = byUnit
            .Where(u => u.Value.Select(e => e.Variant).Distinct().Count() == 1)
            .Select(u => new NaiveUnit(u.Value[0].Variant, u.Value.Min(e => e.TimeNanos), [.. outcomes[u.Key]], query))
            .ToList();
        return new ExperimentSums([
            .. units
                .GroupBy(u => u.Variant)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new VariantSums(g.Key, g.Count(), [.. query.Metrics.Select(m => Of(m, [.. g]))])),
        ])
        {
            InSeveral = byUnit.Count - units.Count,
            OutcomesWithoutExposure = outcomes.Where(o => !byUnit.ContainsKey(o.Key)).Sum(o => o.LongCount()),
            OutcomesTooLate = units.Sum(u => u.TooLate),
        };
    }

    public static void ShouldBeLike(ExperimentSums sums, ExperimentSums expected)
    {
        (sums.InSeveral, sums.OutcomesWithoutExposure, sums.OutcomesTooLate).ShouldBe(
            (expected.InSeveral, expected.OutcomesWithoutExposure, expected.OutcomesTooLate)
        );
        sums.Variants.Select(v => (v.Variant, v.Units)).ShouldBe(expected.Variants.Select(v => (v.Variant, v.Units)));
        sums.ByDay.Sum(d => d.Units).ShouldBe(expected.Variants.Sum(v => v.Units));
        foreach (var (own, other) in sums.Variants.SelectMany(v => v.Metrics).Zip(expected.Variants.SelectMany(v => v.Metrics)))
        {
            (own.Metric, own.Outcomes, own.NotFinite, own.Positive).ShouldBe((other.Metric, other.Outcomes, other.NotFinite, other.Positive));
            ShouldBeLike(own.UnitMeans, other.UnitMeans);
            ShouldBeLike(own.Ratio, other.Ratio);
            ShouldBeLike(own.Covariate, other.Covariate);
            ShouldBeLike(own.MeanCovariate, other.MeanCovariate);
            (own.Values?.Count, own.Values?.Quantile(0.5)).ShouldBe((other.Values?.Count, other.Values?.Quantile(0.5)));
        }
    }

    private static MetricSums Of(ExperimentMetricQuery metric, IReadOnlyList<NaiveUnit> units)
    {
        var finite = units.Select(u => u.In(metric.Metric).Where(double.IsFinite).ToList()).ToList();
        var sums = finite.Select(f => f.Sum()).ToArray();
        var below = units.Select((u, i) => metric.Denominator is { } name ? u.In(name).Where(double.IsFinite).Sum() : finite[i].Count).ToArray();
        var pre = units.Select(u => u.Pre(metric.Metric).Where(double.IsFinite).Sum()).ToArray();
        return new MetricSums(metric.Metric)
        {
            UnitMeans = Moments.Of([.. finite.Where(f => f.Count > 0).Select(f => f.Sum() / f.Count)]),
            Ratio = PairMoments.Of(sums, below),
            Covariate = PairMoments.Of(pre, sums),
            MeanCovariate = Means(metric, units),
            Positive = finite.Count(f => f.Exists(v => v != 0)),
            Outcomes = units.Sum(u => u.In(metric.Metric).LongCount()),
            NotFinite = units.Sum(u => u.In(metric.Metric).LongCount(v => !double.IsFinite(v))),
            Values = metric.Quantiles ? Sketch(finite.SelectMany(f => f)) : null,
        };
    }

    private static PairMoments Means(ExperimentMetricQuery metric, IReadOnlyList<NaiveUnit> units)
    {
        var both = units
            .Select(u => (Pre: u.Pre(metric.Metric).Where(double.IsFinite).ToList(), Post: u.In(metric.Metric).Where(double.IsFinite).ToList()))
            .Where(u => u.Pre.Count > 0 && u.Post.Count > 0)
            .ToList();
        return PairMoments.Of([.. both.Select(u => u.Pre.Sum() / u.Pre.Count)], [.. both.Select(u => u.Post.Sum() / u.Post.Count)]);
    }

    private static QuantileSketch Sketch(IEnumerable<double> values)
    {
        var sketch = new QuantileSketch();
        values.ToList().ForEach(sketch.Add);
        return sketch;
    }

    private static void ShouldBeLike(PairMoments own, PairMoments other)
    {
        ShouldBeLike(own.X, other.X);
        ShouldBeLike(own.Y, other.Y);
        own.CoMoment!.Value.ShouldBe(other.CoMoment!.Value, Tolerance(other.CoMoment!.Value) + Tolerance(Math.Sqrt(other.X.M2 * other.Y.M2)));
    }

    private static void ShouldBeLike(Moments own, Moments other)
    {
        (own.Count, own.NotFinite).ShouldBe((other.Count, other.NotFinite));
        own.Mean.ShouldBe(other.Mean, Tolerance(other.Mean));
        own.M2.ShouldBe(other.M2, Tolerance(other.M2));
        own.Min.ShouldBe(other.Min, Tolerance(other.Min));
        own.Max.ShouldBe(other.Max, Tolerance(other.Max));
    }

    private static double Tolerance(double figure) => 1e-12 * Math.Max(1, Math.Abs(figure));

    private sealed record NaiveUnit(string Variant, long Exposed, IReadOnlyList<OutcomeEvent> Outcomes, ExperimentQuery Query)
    {
        public long TooLate => Outcomes.LongCount(o => o.TimeNanos - Exposed > Query.Attribution.Ticks * 100);

        public IEnumerable<double> In(string metric) =>
            Outcomes.Where(o => o.Metric == metric && o.TimeNanos >= Exposed && o.TimeNanos - Exposed <= Query.Attribution.Ticks * 100).Select(o => o.Value);

        public IEnumerable<double> Pre(string metric) =>
            Outcomes.Where(o => o.Metric == metric && o.TimeNanos < Exposed && Exposed - o.TimeNanos <= Query.PreExposure.Ticks * 100).Select(o => o.Value);
    }
}
