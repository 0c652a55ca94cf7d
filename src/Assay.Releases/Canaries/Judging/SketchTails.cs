using Assay.Statistics.Samples;

namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// Values of both arms in the buckets of their sketches, brought to one scale: what lies above a bucket's upper bound is counted exactly, and alike in both arms.
/// </summary>
internal sealed class SketchTails
{
    /// <summary>Stands for a bucket below all values, with room for arithmetic.</summary>
    private const int Lowest = int.MinValue / 2;

    private readonly int scale;
    private readonly ArmBuckets control;
    private readonly ArmBuckets canary;

    private SketchTails(int scale, ArmBuckets control, ArmBuckets canary) => (this.scale, this.control, this.canary) = (scale, control, canary);

    /// <summary>Null when a value is below 0: durations are not.</summary>
    public static SketchTails? Of(QuantileSketch control, QuantileSketch canary)
    {
        var (a, b) = (control.ToState(), canary.ToState());
        var scale = Math.Min(a.Scale, b.Scale);
        return a.Negative.Counts.Count > 0 || b.Negative.Counts.Count > 0 ? null : new SketchTails(scale, ArmBuckets.Of(a, scale), ArmBuckets.Of(b, scale));
    }

    public long ControlCount => control.Count;

    public long CanaryCount => canary.Count;

    /// <summary>The bucket in which control's quantile lies.</summary>
    public int BucketOfControl(double q) => control.BucketAt(q);

    /// <summary>The bucket in which the canary's quantile lies.</summary>
    public int BucketOfCanary(double q) => canary.BucketAt(q);

    /// <summary>The bucket of a value; below all values for 0 and less.</summary>
    public int BucketOf(double value) => value <= 0 ? Lowest : (int)Math.Clamp(Math.Ceiling(Math.Log2(value) * Math.Pow(2, scale)) - 1, Lowest, int.MaxValue);

    /// <summary>The upper bound of a bucket.</summary>
    public double Value(int bucket) => bucket <= Lowest ? 0 : Math.Pow(2, (bucket + 1.0) / Math.Pow(2, scale));

    /// <summary>Values above a bucket.</summary>
    public (long Control, long Canary) Above(int bucket) => (control.Above(bucket), canary.Above(bucket));

    /// <summary>The buckets that hold values of any arm, and those beside them.</summary>
    public (int Low, int High) Range => (Math.Min(control.First, canary.First) - 1, Math.Max(control.Last, canary.Last));

    /// <summary>One arm: values up to each bucket, from the first on; those that count as zero lie below all.</summary>
    private sealed record ArmBuckets(int First, long[] UpTo, long Zeros)
    {
        public int Last => First + UpTo.Length - 1;

        public long Count => UpTo.Length == 0 ? Zeros : UpTo[^1];

        public static ArmBuckets Of(SketchState state, int scale)
        {
            var halvings = state.Scale - scale;
            var (offset, counts) = (state.Positive.Offset, state.Positive.Counts);
            var first = offset >> halvings;
            var upTo = new long[counts.Count == 0 ? 0 : ((offset + counts.Count - 1) >> halvings) - first + 1];
            for (var i = 0; i < counts.Count; i++)
            {
                upTo[((offset + i) >> halvings) - first] += counts[i];
            }

            for (var i = 0; i < upTo.Length; i++)
            {
                upTo[i] += i == 0 ? state.ZeroCount : upTo[i - 1];
            }

            return new ArmBuckets(first, upTo, state.ZeroCount);
        }

        public long Above(int bucket) =>
            bucket < First ? Count - Zeros
            : bucket >= Last ? 0
            : Count - UpTo[bucket - First];

        public int BucketAt(double q)
        {
            // A share such as 0.95 is no exact double: 95 of 100 are 95.
            var rank = Math.Max(1, (long)Math.Ceiling((Count * q) - 1e-9));
            return rank <= Zeros || UpTo.Length == 0 ? Lowest : First + Array.FindIndex(UpTo, n => n >= rank);
        }
    }
}
