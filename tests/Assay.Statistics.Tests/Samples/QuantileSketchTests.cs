using Assay.Statistics.Samples;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Samples;

public sealed class QuantileSketchTests
{
    [Theory]
    [InlineData(4096)]
    [InlineData(160)]
    [InlineData(2)]
    public void Every_quantile_lies_within_the_stated_error_of_the_exact_one(int maxBuckets)
    {
        var values = Spread(2000);
        var sketch = Sketch(values, maxBuckets);
        var exact = OrderedSample.Of(values);

        for (var i = 0; i <= 1000; i++)
        {
            var truth = exact.Quantile(i / 1000.0, QuantileKind.InvertedCdf)!.Value;
            Math.Abs(sketch.Quantile(i / 1000.0)!.Value - truth).ShouldBeLessThanOrEqualTo(Math.Abs(truth) * sketch.RelativeError * (1 + 1e-12));
        }
    }

    [Fact]
    public void Any_values_keep_the_stated_error() =>
        Check.One(
            Properties.Config,
            Prop.ForAll(
                ArbMap.Default.GeneratorFor<double[]>().ToArbitrary(),
                values =>
                {
                    var sketch = Sketch(values, 64);
                    var exact = OrderedSample.Of(values);
                    (sketch.Count, sketch.NotFinite).ShouldBe((exact.Count, exact.NotFinite));
                    foreach (var q in (double[])[0, 0.1, 0.25, 0.5, 0.9, 1])
                    {
                        var (told, truth) = (sketch.Quantile(q), exact.Quantile(q, QuantileKind.InvertedCdf));
                        (told is null).ShouldBe(truth is null);
                        var off = told is null ? 0 : Math.Abs(told.Value - truth!.Value);
                        off.ShouldBeLessThanOrEqualTo((Math.Abs(truth ?? 0) * sketch.RelativeError * (1 + 1e-12)) + SketchScale.LeastNormal);
                    }
                }
            )
        );

    [Fact]
    public void From_a_microsecond_to_an_hour_the_error_is_below_half_a_percent()
    {
        var sketch = new QuantileSketch();
        for (var seconds = 1e-6; seconds < 3600; seconds *= 1.001)
        {
            sketch.Add(seconds);
        }

        sketch.Add(3600);
        // mpmath: (b − 1)/(b + 1), b = 2^(1/128).
        sketch.RelativeError.ShouldBe(0.0027075995574763281, 1e-17);
    }

    [Fact]
    public void It_starts_fine_and_coarsens_only_when_the_buckets_are_full()
    {
        var sketch = new QuantileSketch(16);
        sketch.RelativeError.ShouldBe(SketchScale.RelativeError(10));

        // 1 lies in bucket −1; 2^(14/1024) in bucket 13, the 15th; 2^(14.5/1024) in bucket 14, the 16th; 2^(15.5/1024) is one too many.
        foreach (var (power, scale) in ((double, int)[])[(0, 10), (14, 10), (14.5, 10), (15.5, 9)])
        {
            sketch.Add(Math.Pow(2, power / 1024));
            sketch.ToState().Scale.ShouldBe(scale);
        }
    }

    [Fact]
    public void Either_sign_coarsens_both()
    {
        var sketch = new QuantileSketch(2);
        sketch.Add(1000);
        sketch.Add(1010);
        var scale = sketch.ToState().Scale;
        sketch.Add(-1);
        sketch.ToState().Scale.ShouldBe(scale);
        sketch.Add(-1e6);

        sketch.ToState().Scale.ShouldBeLessThan(scale);
        sketch.ToState().Positive.Counts.Sum().ShouldBe(2);
    }

    [Fact]
    public void Nothing_has_no_quantile()
    {
        var sketch = new QuantileSketch();

        (sketch.Count, sketch.NotFinite, sketch.Quantile(0.5)).ShouldBe((0, 0, null));
        sketch.ToState().ShouldBe(new SketchState(10, 4096, 0, 0, null, null, new SketchSide(0, []), new SketchSide(0, [])));
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_apart()
    {
        var sketch = Sketch([double.NaN, 5, double.PositiveInfinity, double.NegativeInfinity], 64);

        (sketch.Count, sketch.NotFinite, sketch.Quantile(0), sketch.Quantile(0.5), sketch.Quantile(1)).ShouldBe((1, 3, 5, 5, 5));
    }

    [Fact]
    public void The_ends_are_exact()
    {
        var sketch = Sketch([-3.3, 0.1, 0.2, 0.3, 7.7], 16);

        (sketch.Quantile(0), sketch.Quantile(0.2), sketch.Quantile(0.81), sketch.Quantile(1)).ShouldBe((-3.3, -3.3, 7.7, 7.7));
    }

    [Fact]
    public void Values_beside_the_ends_stay_between_them()
    {
        // Four values in one bucket: its own value is beyond the largest, or before the smallest.
        var high = Sketch([2.0, 1.0001, 1.0002, 1.0003, 1.0004], 2);
        var low = Sketch([0.5, 1.9, 1.91, 1.92], 2);

        for (var q = 0.0; q <= 1; q += 0.05)
        {
            high.Quantile(q)!.Value.ShouldBeInRange(1.0001, 2);
            low.Quantile(q)!.Value.ShouldBeInRange(0.5, 1.92);
        }
    }

    [Fact]
    public void Zeros_and_what_is_nearer_to_zero_than_a_normal_double_are_one()
    {
        var sketch = Sketch([0, -0.0, double.Epsilon, -2e-308, 5, -5], 64);

        sketch.ToState().ZeroCount.ShouldBe(4);
        (sketch.Quantile(0.3), sketch.Quantile(0.5), sketch.Quantile(0.8)).ShouldBe((0, 0, 0));
        (sketch.Quantile(1.0 / 6), sketch.Quantile(0.85)).ShouldBe((-5, 5));
    }

    [Fact]
    public void The_least_normal_double_is_a_value()
    {
        var sketch = Sketch([SketchScale.LeastNormal, -SketchScale.LeastNormal, 0], 64);

        (sketch.ToState().ZeroCount, sketch.ToState().Positive.Counts.Count, sketch.ToState().Negative.Counts.Count).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void The_whole_range_of_double_fits_into_two_buckets()
    {
        var sketch = Sketch([SketchScale.LeastNormal, double.MaxValue, -SketchScale.LeastNormal, -double.MaxValue, 1, -1], 2);

        sketch.ToState().Scale.ShouldBe(-10);
        (sketch.Quantile(0), sketch.Quantile(1), sketch.Count).ShouldBe((-double.MaxValue, double.MaxValue, 6));
        double.IsFinite(sketch.Quantile(0.7)!.Value).ShouldBeTrue();
    }

    [Fact]
    public void Merging_in_any_order_gives_the_same_state()
    {
        var values = Spread(3000);
        var (a, b, c) = (Sketch(values[..900], 128), Sketch(values[900..1000], 256), Sketch(values[1000..], 128));
        var whole = Sketch(values, 128).ToState();

        QuantileSketch.Merge(QuantileSketch.Merge(a, b), c).ToState().ShouldBe(whole);
        QuantileSketch.Merge(a, QuantileSketch.Merge(b, c)).ToState().ShouldBe(whole);
        QuantileSketch.Merge(c, QuantileSketch.Merge(b, a)).ToState().ShouldBe(whole);
        Array.Reverse(values);
        Sketch(values, 128).ToState().ShouldBe(whole);
    }

    [Fact]
    public void Merging_any_parts_gives_the_same_state() =>
        Check.One(
            Properties.Config,
            Prop.ForAll(
                ArbMap.Default.GeneratorFor<double[]>().ToArbitrary(),
                ArbMap.Default.GeneratorFor<double[]>().ToArbitrary(),
                (x, y) =>
                {
                    var together = Sketch([.. x, .. y], 16).ToState();
                    QuantileSketch.Merge(Sketch(x, 16), Sketch(y, 16)).ToState().ShouldBe(together);
                    QuantileSketch.Merge(Sketch(y, 16), Sketch(x, 16)).ToState().ShouldBe(together);
                }
            )
        );

    [Fact]
    public void Merging_coarsens_when_only_both_together_overflow()
    {
        var (low, high) = (Sketch([1e-300], 16), Sketch([1e300], 16));
        var merged = QuantileSketch.Merge(low, high);

        merged.ToState().Scale.ShouldBeLessThan(0);
        (merged.Quantile(0), merged.Quantile(1), merged.Count).ShouldBe((1e-300, 1e300, 2));
        (low.ToState().Scale, high.ToState().Scale).ShouldBe((10, 10));
        QuantileSketch.Merge(Sketch([-1e-300], 16), Sketch([-1e300], 16)).ToState().Scale.ShouldBe(merged.ToState().Scale);
    }

    [Fact]
    public void Merging_with_an_empty_sketch_changes_nothing()
    {
        var sketch = Sketch(Spread(200), 64);

        QuantileSketch.Merge(sketch, new QuantileSketch(64)).ToState().ShouldBe(sketch.ToState());
        QuantileSketch.Merge(new QuantileSketch(64), sketch).ToState().ShouldBe(sketch.ToState());
    }

    [Fact]
    public void Merging_keeps_the_smaller_bound() =>
        (
            QuantileSketch.Merge(new QuantileSketch(64), new QuantileSketch(32)).ToState().MaxBuckets,
            QuantileSketch.Merge(new QuantileSketch(32), new QuantileSketch(64)).ToState().MaxBuckets
        ).ShouldBe((32, 32));

    [Fact]
    public void Merging_adds_what_was_not_finite() =>
        QuantileSketch.Merge(Sketch([double.NaN, 1], 16), Sketch([double.NaN, double.NaN], 16)).NotFinite.ShouldBe(3);

    [Fact]
    public void The_merged_sketch_goes_its_own_way()
    {
        var sketch = Sketch([1, 2, 3], 64);
        var before = sketch.ToState();
        var merged = QuantileSketch.Merge(sketch, new QuantileSketch(64));
        merged.Add(2);

        sketch.ToState().ShouldBe(before);
        merged.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(65_537)]
    public void A_bound_outside_is_refused(int maxBuckets) =>
        Should.Throw<AssayException>(() => new QuantileSketch(maxBuckets)).Message.ShouldBe($"A quantile sketch cannot have {maxBuckets} buckets.");

    [Fact]
    public void The_bounds_own_ends_are_accepted()
    {
        new QuantileSketch(2).ToState().MaxBuckets.ShouldBe(2);
        new QuantileSketch(65_536).ToState().MaxBuckets.ShouldBe(65_536);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_outside_0_to_1_is_refused(double q) =>
        Should.Throw<AssayException>(() => new QuantileSketch().Quantile(q)).Message.ShouldBe($"The quantile {q} does not exist.");

    internal static QuantileSketch Sketch(double[] values, int maxBuckets)
    {
        var sketch = new QuantileSketch(maxBuckets);
        Array.ForEach(values, sketch.Add);
        return sketch;
    }

    /// <summary>Both signs, zeros, and thirteen powers of ten.</summary>
    internal static double[] Spread(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => i % 17 == 0 ? 0 : Math.Pow(10, (random.NextDouble() * 13) - 6) * (random.Next(3) - 1))];
    }
}
