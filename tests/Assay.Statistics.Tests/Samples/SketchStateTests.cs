using System.Text.Json;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class SketchStateTests
{
    /// <summary>−1, two zeros, and 3, 3 and 6 at one bucket for each doubling.</summary>
    private static readonly SketchState Six = new(0, 16, 2, 1, -1, 6, new SketchSide(1, [2, 1]), new SketchSide(-1, [1]));

    [Fact]
    public void A_state_goes_through_JSON_and_back()
    {
        var state = QuantileSketchTests.Sketch(QuantileSketchTests.Spread(300), 64).ToState();
        var back = JsonSerializer.Deserialize<SketchState>(JsonSerializer.Serialize(state))!;

        back.ShouldBe(state);
        QuantileSketch.FromState(back).ToState().ShouldBe(state);
    }

    [Fact]
    public void An_empty_state_comes_back()
    {
        var state = new QuantileSketch(7).ToState();

        QuantileSketch.FromState(JsonSerializer.Deserialize<SketchState>(JsonSerializer.Serialize(state))!).ToState().ShouldBe(state);
    }

    [Fact]
    public void A_state_tells_its_quantiles()
    {
        var sketch = QuantileSketch.FromState(Six);

        (sketch.Count, sketch.NotFinite, sketch.RelativeError).ShouldBe((6, 1, SketchScale.RelativeError(0)));
        (sketch.Quantile(0), sketch.Quantile(0.5), sketch.Quantile(1)).ShouldBe((-1, 0, 6));
        // (2, 4] has the value 8/3.
        sketch.Quantile(0.6)!.Value.ShouldBe(8.0 / 3, 1e-15);
        sketch.ToState().ShouldBe(Six);
    }

    [Fact]
    public void A_sketch_from_a_state_goes_on()
    {
        var sketch = QuantileSketch.FromState(Six);
        sketch.Add(100);

        (sketch.Count, sketch.Quantile(1), sketch.ToState().Scale).ShouldBe((7, 100, 0));
    }

    [Fact]
    public void Empty_buckets_at_the_ends_fall_away() =>
        QuantileSketch.FromState(Six with { Positive = new SketchSide(-1, [0, 0, 2, 1, 0]) }).ToState().ShouldBe(Six);

    [Fact]
    public void A_finer_state_than_a_sketch_has_is_brought_to_its_scale()
    {
        // At scale 12: 2^(4/4096) to 2^(8/4096) are the buckets 4 to 7, one bucket of scale 10.
        var fine = new SketchState(12, 16, 0, 0, 1.0008, 1.0012, new SketchSide(4, [1, 2, 3, 4]), new SketchSide(0, []));

        QuantileSketch.FromState(fine).ToState().ShouldBe(fine with { Scale = 10, Positive = new SketchSide(1, [10]) });
    }

    [Fact]
    public void A_state_with_more_buckets_than_its_bound_is_coarsened()
    {
        var wide = new SketchState(3, 4, 0, 0, 1.05, 1.9, new SketchSide(0, [1, 1, 1, 1, 1, 1, 1, 1]), new SketchSide(0, []));

        QuantileSketch.FromState(wide).ToState().ShouldBe(wide with { Scale = 2, Positive = new SketchSide(0, [2, 2, 2, 2]) });
        var negative = wide with { Min = -1.9, Max = -1.05, Positive = wide.Negative, Negative = wide.Positive };
        QuantileSketch.FromState(negative).ToState().ShouldBe(negative with { Scale = 2, Negative = new SketchSide(0, [2, 2, 2, 2]) });
    }

    [Fact]
    public void States_of_equal_counts_are_equal()
    {
        new SketchSide(1, [1, 2]).ShouldBe(new SketchSide(1, new List<long> { 1, 2 }));
        new SketchSide(1, [1, 2]).GetHashCode().ShouldBe(new SketchSide(1, new List<long> { 1, 2 }).GetHashCode());
        new SketchSide(1, [1, 2]).ShouldNotBe(new SketchSide(2, [1, 2]));
        new SketchSide(1, [1, 2]).ShouldNotBe(new SketchSide(1, [1, 3]));
        new SketchSide(1, [1, 2]).Equals(null).ShouldBeFalse();
    }

    public static TheoryData<SketchState, string> Impossible =>
        new()
        {
            { Six with { Scale = 21 }, "its scale is 21" },
            { Six with { Scale = -11 }, "its scale is -11" },
            { Six with { Positive = null! }, "a sign has no buckets" },
            { Six with { Negative = null! }, "a sign has no buckets" },
            { Six with { Positive = new SketchSide(1, null!) }, "a sign has no buckets" },
            { Six with { Negative = new SketchSide(1, null!) }, "a sign has no buckets" },
            { Six with { ZeroCount = -1 }, "a count is negative" },
            { Six with { NotFinite = -1 }, "a count is negative" },
            { Six with { Positive = new SketchSide(1, [2, -1]) }, "a count is negative" },
            { Six with { Negative = new SketchSide(-1, [-1]) }, "a count is negative" },
            { Six with { ZeroCount = (1L << 53) - 3 }, "it has more than 2^53 values" },
            { Six with { Positive = new SketchSide(1, [long.MaxValue, long.MaxValue]) }, "it has more than 2^53 values" },
            { Six with { Positive = new SketchSide(1023, [1, 1]) }, "a bucket lies outside the range of a double" },
            { Six with { Negative = new SketchSide(-1024, [1]) }, "a bucket lies outside the range of a double" },
            { Six with { Positive = new SketchSide(int.MaxValue, [1]) }, "a bucket lies outside the range of a double" },
            { Six with { Min = null }, "its smallest and largest value do not go with its counts" },
            { Six with { Max = null }, "its smallest and largest value do not go with its counts" },
            { new SketchState(0, 16, 0, 0, 1, null, new SketchSide(0, []), new SketchSide(0, [])), "its smallest and largest value do not go with its counts" },
            { new SketchState(0, 16, 0, 0, null, 1, new SketchSide(0, []), new SketchSide(0, [])), "its smallest and largest value do not go with its counts" },
            { Six with { Min = double.NaN }, "its smallest and largest value are no range" },
            { Six with { Max = double.PositiveInfinity }, "its smallest and largest value are no range" },
            { Six with { Min = 7 }, "its smallest and largest value are no range" },
            { Six with { Min = -5 }, "its smallest or largest value lies in none of its outermost buckets" },
            { Six with { Min = 0 }, "its smallest or largest value lies in none of its outermost buckets" },
            { Six with { Max = 17 }, "its smallest or largest value lies in none of its outermost buckets" },
            { Six with { Max = 1 }, "its smallest or largest value lies in none of its outermost buckets" },
            { Six with { Negative = new SketchSide(0, []) }, "its smallest or largest value lies in none of its outermost buckets" },
            { Six with { Positive = new SketchSide(0, []) }, "its smallest or largest value lies in none of its outermost buckets" },
        };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_state_that_cannot_be_is_refused(SketchState state, string problem)
    {
        var refusal = Should.Throw<AssayException>(() => QuantileSketch.FromState(state));

        (refusal.Message, refusal.ExitCode).ShouldBe(($"The state is none of a quantile sketch: {problem}.", ExitCode.WrongUsage));
        refusal.Fix.ShouldBe("Use a state as a sketch's ToState gave it.");
    }

    [Fact]
    public void A_states_bound_is_held_too() =>
        Should.Throw<AssayException>(() => QuantileSketch.FromState(Six with { MaxBuckets = 1 })).Message.ShouldBe("A quantile sketch cannot have 1 buckets.");

    [Fact]
    public void States_at_the_limits_are_accepted()
    {
        QuantileSketch.FromState(Six with { ZeroCount = (1L << 53) - 4 }).Count.ShouldBe(1L << 53);
        QuantileSketch.FromState(Six with { Min = -1.5 }).Quantile(0).ShouldBe(-1.5);
        QuantileSketch.FromState(Six with { Max = 16 }).Quantile(1).ShouldBe(16);
        QuantileSketch
            .FromState(
                new SketchState(
                    0,
                    4096,
                    0,
                    0,
                    SketchScale.LeastNormal,
                    double.MaxValue,
                    new SketchSide(-1023, [1, .. new long[2045], 1]),
                    new SketchSide(0, [])
                )
            )
            .Count.ShouldBe(2);
        QuantileSketch.FromState(new SketchState(-10, 2, 0, 0, 1, 2, new SketchSide(-1, [1, 1]), new SketchSide(0, []))).Count.ShouldBe(2);
        QuantileSketch
            .FromState(new SketchState(20, 2, 0, 0, 1.0000005, 1.0000006, new SketchSide(0, [2]), new SketchSide(0, [])))
            .ToState()
            .Scale.ShouldBe(10);
        QuantileSketch.FromState(new SketchState(0, 16, 3, 0, -1e-310, 1e-310, new SketchSide(0, []), new SketchSide(0, []))).Quantile(1).ShouldBe(1e-310);
    }
}
