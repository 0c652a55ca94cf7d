using Assay.Embedded.Events;
using Assay.Embedded.Events.Sums;
using Assay.Statistics.Samples;

namespace Assay.Stores.Tests.Events.Sums;

public sealed class SketchSumTests
{
    [Fact]
    public void It_comes_to_what_merging_comes_to()
    {
        var random = new Random(20267);
        for (var round = 0; round < 200; round++)
        {
            var sum = new SketchSum();
            var merged = new QuantileSketch(Sum.Buckets);
            for (var i = random.Next(6); i >= 0; i--)
            {
                var sketch = Some(random);
                merged = QuantileSketch.Merge(merged, sketch);
                var stored = new ByteWriter();
                SketchCodec.Write(stored, sketch.ToState());
                var bytes = new ByteReader(stored.Written);
                sum.Add(ref bytes);
                bytes.Rest.Length.ShouldBe(0);
            }

            sum.ToSketch().ToState().ShouldBe(merged.ToState());
        }
    }

    [Fact]
    public void A_sketch_of_nothing_stays_one()
    {
        new SketchSum().ToSketch().Count.ShouldBe(0);
        var stored = new ByteWriter();
        SketchCodec.Write(stored, new QuantileSketch(Sum.Buckets).ToState());
        var bytes = new ByteReader(stored.Written);
        SketchCodec.Read(ref bytes).ShouldBe(new QuantileSketch(Sum.Buckets).ToState());
    }

    [Fact]
    public void Cut_off_bytes_are_an_error()
    {
        var stored = new ByteWriter();
        SketchCodec.Write(stored, Some(new Random(1)).ToState());
        for (var length = 0; length < stored.Length; length++)
        {
            Should
                .Throw<AssayException>(() =>
                {
                    var bytes = new ByteReader(stored.Written[..length]);
                    SketchCodec.Read(ref bytes);
                })
                .ExitCode.ShouldBe(ExitCode.Infrastructure);
        }
    }

    private static QuantileSketch Some(Random random)
    {
        var sketch = new QuantileSketch(Sum.Buckets);
        var spread = random.Next(30);
        for (var i = random.Next(1, 400); i >= 0; i--)
        {
            var value = Math.Exp((random.NextDouble() - 0.5) * spread);
            sketch.Add(
                random.Next(20) switch
                {
                    0 => 0,
                    1 => -value,
                    2 when spread > 20 => double.NaN,
                    _ => value,
                }
            );
        }

        return sketch;
    }
}
