using Assay.Statistics.Samples;

namespace Assay.Server.Canaries;

/// <summary>Count, mean and variance of durations of which only a sketch is kept: each value is right to the sketch's relative error, 0.3 % and less.</summary>
internal static class SketchMoments
{
    public static Moments Of(QuantileSketch sketch)
    {
        var state = sketch.ToState();
        var all = Constant(state.ZeroCount, 0);
        for (var i = 0; i < state.Positive.Counts.Count; i++)
        {
            if (state.Positive.Counts[i] > 0)
            {
                all = Moments.Merge(all, Constant(state.Positive.Counts[i], Middle(state.Positive.Offset + i, state.Scale)));
            }
        }

        return all;
    }

    // A bucket's value as the sketch itself tells it: the harmonic mean of its bounds is no farther from either than the relative error.
    private static double Middle(int bucket, int scale)
    {
        var (low, high) = (Math.Pow(2, bucket / Math.Pow(2, scale)), Math.Pow(2, (bucket + 1) / Math.Pow(2, scale)));
        return 2 * low * high / (low + high);
    }

    private static Moments Constant(long count, double value) => Moments.FromSummary(count, value, 0);
}
