using Assay.Experimentation.Analysis;
using Assay.Statistics;
using Assay.Statistics.Samples;
using Assay.Statistics.Sequential;

namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// A quantile of durations. It is higher than a value exactly when more than its share of requests takes longer than that value, so the question is one about a rate:
/// how many of the canary's requests take longer than control's quantile, against how many of control's do. No distribution is assumed and no density estimated;
/// that control's quantile is itself estimated is in the test, which treats control's requests above it as a count like the canary's.
/// </summary>
/// <param name="Tails">Both arms.</param>
/// <param name="Q">The share below, 0.95 for P95.</param>
internal sealed record QuantileTest(SketchTails Tails, double Q) : ArmTest
{
    private int AtControl => Tails.BucketOfControl(Q);

    private double Share => (double)CanaryCount / (ControlCount + CanaryCount);

    public override double Control => Tails.Value(AtControl);

    public override double Canary => Tails.Value(Tails.BucketOfCanary(Q));

    public override long ControlCount => Tails.ControlCount;

    public override long CanaryCount => Tails.CanaryCount;

    public override string Method => "exact any-look test of the requests beyond control's quantile (beta-binomial mixture)";

    public override string MethodAlone => "any-look interval of the share of requests beyond the limit";

    /// <summary>The canary alone, of which only its own figure and <see cref="IsBeyond"/> may be asked; null where its values prove nothing.</summary>
    public static QuantileTest? Alone(ArmReading canary, double q) =>
        canary.Sketch is { } sketch && SketchTails.Of(new QuantileSketch(), sketch) is { } tails ? new QuantileTest(tails, q) : null;

    /// <summary>The test of two sketches, or why there is none.</summary>
    public static Tested Of(ArmReading control, ArmReading canary, double q)
    {
        // A quantile needs a request on its far side.
        var least = (long)Math.Ceiling(1 / Math.Min(q, 1 - q));
        var smaller = Math.Min(control.Count, canary.Count);
        return smaller < least
                ? new Tested(null, $"the smaller arm has {FigureText.Counted(smaller, "request")}; this quantile is judged from {least}", least - smaller)
            : SketchTails.Of(control.Sketch!, canary.Sketch!) is { } tails ? new Tested(new QuantileTest(tails, q))
            : new Tested(null, "a duration is below 0");
    }

    public override bool IsWorse(double alpha) => RatioAbove(AtControl).Low(alpha) > 1;

    public override bool IsWithin(Margin margin, double alpha, double times = 1) => RatioWithin(Tails.BucketOf(Worst(margin)) - 1, times).High(alpha) < 1;

    public override bool IsBeyond(double limit, double alpha) =>
        RateConfidenceSequence.Of(Tails.Above(Tails.BucketOf(limit)).Canary, CanaryCount, alpha).AsComputed?.Interval?.Low > 1 - Q;

    public override Interval Difference(double worseAlpha, double withinAlpha)
    {
        var (low, high) = Tails.Range;
        // The ratio falls with the bucket: the last at which the canary is still proven to have more, the first at which it is proven to have fewer.
        var proven = Last(low, high, bucket => RatioAbove(bucket).Low(worseAlpha) > 1);
        var within = Last(low, high, bucket => !(RatioWithin(bucket).High(withinAlpha) < 1)) + 1;
        return new Interval(proven < low ? null : Tails.Value(proven) - Control, within > high ? null : Tails.Value(within) - Least, 1 - withinAlpha);
    }

    // The canary's quantile at which so many more of its requests would lie beyond control's: read off the canary's own tail.
    public override double? Visible(double alpha)
    {
        var (control, expected, share) = (ControlBeyond, CanaryCount * (1 - Q), Share);
        if (Visibility.Rise(ratio => EventRatio.Of(control, Visibility.Unlucky(expected * ratio), share).Low(alpha) > 1) is not { } rise || rise * (1 - Q) >= 1)
        {
            return null;
        }

        // If the whole distribution were slower by a factor, the share beyond would rise so when the factor takes control's lower quantile to where this one is.
        var below = Tails.Value(Tails.BucketOfControl(1 - (rise * (1 - Q))));
        return below > 0 ? (Control / below * Control) - Control : null;
    }

    /// <summary>Requests of control above the bucket of its own quantile: those that are counted as the canary's are.</summary>
    private double ControlBeyond => Tails.Above(AtControl).Control;

    // Within its bucket a value may lie anywhere: control's quantile counts as its lower bound, the canary's values in the bucket of the limit as beyond it.
    private double Least => Tails.Value(AtControl - 1);

    private double Worst(Margin margin) => Least + margin.Absolute + (margin.Relative * Least);

    /// <summary>The canary's requests above a bucket against control's above that of its quantile.</summary>
    private EventRatio RatioAbove(int bucket) => EventRatio.Of(ControlBeyond, Tails.Above(bucket).Canary, Share);

    /// <summary>The same against all of control's that its quantile leaves beyond or at it, however many of them are equal.</summary>
    private EventRatio RatioWithin(int bucket, double times = 1) => EventRatio.Of(ControlCount * (1 - Q) * times, Tails.Above(bucket).Canary * times, Share);

    private static int Last(int low, int high, Func<int, bool> holds)
    {
        if (!holds(low))
        {
            return low - 1;
        }

        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = holds(middle) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
