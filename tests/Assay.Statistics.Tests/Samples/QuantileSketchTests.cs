using System.Text.Json;
using Assay.Statistics.Samples;

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
    public void From_a_microsecond_to_an_hour_the_error_is_below_half_a_percent()
    {
        var sketch = new QuantileSketch();
        for (var seconds = 1e-6; seconds < 3600; seconds *= 1.001)
        {
            sketch.Add(seconds);
        }

        sketch.Add(3600);
        sketch.RelativeError.ShouldBe(Math.Tanh(Math.Log(2) / 256), 1e-17);
        sketch.RelativeError.ShouldBeLessThan(0.005);
    }

    [Fact]
    public void A_state_goes_through_JSON_and_back()
    {
        var state = Sketch(Spread(300), 64).ToState();
        var back = JsonSerializer.Deserialize<SketchState>(JsonSerializer.Serialize(state))!;

        back.ShouldBe(state);
        QuantileSketch.FromState(back).ToState().ShouldBe(state);
    }

    [Fact]
    public void Merging_in_any_order_gives_the_same_state()
    {
        var values = Spread(3000);
        var (a, b, c) = (Sketch(values[..900], 128), Sketch(values[900..1000], 256), Sketch(values[1000..], 128));
        var whole = Sketch(values, 128).ToState();

        QuantileSketch.Merge(QuantileSketch.Merge(a, b), c).ToState().ShouldBe(whole);
        QuantileSketch.Merge(c, QuantileSketch.Merge(b, a)).ToState().ShouldBe(whole);
    }

    private static QuantileSketch Sketch(double[] values, int maxBuckets)
    {
        var sketch = new QuantileSketch(maxBuckets);
        Array.ForEach(values, sketch.Add);
        return sketch;
    }

    /// <summary>Both signs, zeros, and thirteen powers of ten.</summary>
    private static double[] Spread(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => i % 17 == 0 ? 0 : Math.Pow(10, (random.NextDouble() * 13) - 6) * (random.Next(3) - 1))];
    }
}
