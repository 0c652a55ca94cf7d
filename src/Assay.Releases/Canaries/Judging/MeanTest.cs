using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Comparisons;
using Assay.Statistics;
using Assay.Statistics.Samples;
using Assay.Statistics.Sequential;

namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// A mean of values, turned so that worse is up. The sequences are asymptotic and hold for means that are near normal: no arm is asked before it has
/// <see cref="LeastValues"/> values.
/// </summary>
/// <param name="Means">Both arms, negated where higher is better.</param>
/// <param name="IsLowerBetter">Whether they are as measured.</param>
/// <param name="Tuning">Values of both arms at which bounds are narrowest, fixed before the first look.</param>
internal sealed record MeanTest(MeansComparison Means, bool IsLowerBetter, long Tuning) : ArmTest
{
    /// <summary>The least values of an arm: with fewer, skewed values are called too often (see <see cref="MeanConfidenceSequence"/>).</summary>
    public const long LeastValues = 200;

    private double Sign => IsLowerBetter ? 1 : -1;

    public override double Control => Sign * Means.Control.Mean;

    public override double Canary => Sign * Means.Treatment.Mean;

    public override long ControlCount => Means.Control.Count;

    public override long CanaryCount => Means.Treatment.Count;

    public override string Method => "any-look interval of a difference of means (normal mixture, asymptotic)";

    public override string MethodAlone => "any-look interval of a mean (normal mixture, asymptotic)";

    /// <summary>The canary alone, of which only <see cref="IsBeyond"/> may be asked; null where its values prove nothing.</summary>
    public static MeanTest? Alone(in Moments canary, bool isLowerBetter, long tuning) =>
        canary.Count >= LeastValues && canary.Variance > 0 && Reasonable.Holds(canary)
            ? new MeanTest(new MeansComparison(default, Turned(canary, isLowerBetter)), isLowerBetter, tuning)
            : null;

    /// <summary>The test of two samples, or why there is none.</summary>
    public static Tested Of(in Moments control, in Moments canary, bool isLowerBetter, long tuning)
    {
        var least = Math.Min(control.Count, canary.Count);
        return least < LeastValues
                ? new Tested(null, $"the smaller arm has {FigureText.Count(least)} values; a mean is judged from {LeastValues}", LeastValues - least)
            : control.Variance == 0 || canary.Variance == 0
                ? new Tested(null, "all values of an arm are equal: a mean without variance proves nothing; watch the share of other values as a rate")
            : !Reasonable.Holds(control) || !Reasonable.Holds(canary) ? new Tested(null, Reasonable.Lack)
            : new Tested(new MeanTest(new MeansComparison(Turned(control, isLowerBetter), Turned(canary, isLowerBetter)), isLowerBetter, tuning));
    }

    public override bool IsWorse(double alpha) => Means.Above(new Limit(1, 0), alpha, Tuning).Low > 0;

    public override bool IsWithin(Margin margin, double alpha, double times = 1) =>
        (times == 1 ? Means : (MeansComparison)Means.Times(times)).Above(LimitOf(margin), alpha, Tuning).High < 0;

    // Both ends at twice alpha are one end at alpha.
    public override bool IsBeyond(double limit, double alpha) =>
        MeanConfidenceSequence.Of(Means.Treatment, 2 * alpha, Tuning).AsComputed?.Interval?.Low > Sign * limit;

    public override Interval Difference(double worseAlpha, double withinAlpha)
    {
        var low = Means.Above(new Limit(1, 0), worseAlpha, Tuning).Low;
        var high = Means.Above(new Limit(1, 0), withinAlpha, Tuning).High;
        return IsLowerBetter ? new Interval(low, high, 1 - withinAlpha) : new Interval(-high, -low, 1 - withinAlpha);
    }

    public override double? Visible(double alpha)
    {
        var excess = Means.Above(new Limit(1, 0), alpha, Tuning);
        var error = Math.Sqrt((Means.Control.Variance / Means.Control.Count) + (Means.Treatment.Variance / Means.Treatment.Count));
        return excess is { Estimate: { } estimate, Low: { } low } ? estimate - low + Visibility.Beyond(error) : null;
    }

    private Limit LimitOf(Margin margin) => Limit.Of(margin, isLowerBetter: true, Means.Control.Mean);

    private static Moments Turned(in Moments arm, bool isLowerBetter) => isLowerBetter ? arm : Moments.FromSummary(arm.Count, -arm.Mean, arm.StandardDeviation);
}
