using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Comparisons;
using Assay.Statistics;
using Assay.Statistics.Sequential;

namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// A share of requests. What is bad is counted: what counts where lower is better, the rest where higher is. Exact at any count, for a handful of errors among
/// thousands of requests as well as for large shares.
/// </summary>
/// <param name="ControlBad">Bad requests of control.</param>
/// <param name="CanaryBad">Bad requests of the canary.</param>
/// <param name="Share">The canary's share of bad requests if both arms are alike.</param>
/// <param name="IsLowerBetter">Whether the metric counts what is bad.</param>
internal sealed record RateTest(ArmRate ControlBad, ArmRate CanaryBad, double Share, bool IsLowerBetter) : ArmTest
{
    // Of the alpha of "within": for the difference, for the ratio, for control's rate by which the ratio becomes a difference. Whichever says more counts.
    private const double OfDifference = 0.5;
    private const double OfRatio = 0.4;
    private const double OfControl = 0.1;

    public override double Control => Value(ControlBad.Rate);

    public override double Canary => Value(CanaryBad.Rate);

    public override long ControlCount => ControlBad.Units;

    public override long CanaryCount => CanaryBad.Units;

    public override string Method => "exact any-look test of two rates by their events (beta-binomial mixture), matched by time";

    public override string MethodAlone => "any-look interval of a rate";

    /// <summary>Whether half of the canary's requests are bad while control's are not: no test is needed. See <see cref="GrossFailure"/>.</summary>
    public bool IsGross => GrossFailure.Is(ControlBad, CanaryBad);

    private EventRatio Bad(double times = 1) => EventRatio.Of(ControlBad.Successes * times, CanaryBad.Successes * times, Share);

    public override bool IsWorse(double alpha) => Bad().Low(alpha) > 1;

    public override bool IsWithin(Margin margin, double alpha, double times = 1) =>
        margin.Absolute == 0 && IsLowerBetter
            ? Bad(times).High(alpha) < 1 + margin.Relative
            : High(alpha, times) < margin.Absolute + (margin.Relative * Control);

    public override bool IsBeyond(double limit, double alpha) =>
        RateConfidenceSequence.Of(CanaryBad.Successes, CanaryBad.Units, alpha).AsComputed?.Interval?.Low > (IsLowerBetter ? limit : 1 - limit);

    public override Interval Difference(double worseAlpha, double withinAlpha)
    {
        // Control without a bad request makes this -0, which would be written so.
        var low = Math.Max((Bad().Low(worseAlpha) - 1) * ControlBad.Rate, -1) + 0.0;
        var high = Math.Max(High(withinAlpha, 1), low);
        return IsLowerBetter ? new Interval(low, high, 1 - withinAlpha) : new Interval(-high, -low, 1 - withinAlpha);
    }

    public override double? Visible(double alpha)
    {
        // Without an error of control its rate is at most about one in its requests.
        var rate = Math.Max(ControlBad.Rate, 1.0 / Math.Max(1, ControlBad.Units));
        var (canary, control, share) = (CanaryBad.Units, (double)ControlBad.Successes, Share);
        return
            Visibility.Rise(ratio => EventRatio.Of(control, Visibility.Unlucky(canary * rate * ratio), share).Low(alpha) > 1) is { } found && found * rate <= 1
            ? (found - 1) * rate
            : null;
    }

    /// <summary>The largest difference of bad rates, by the difference of the rates or by their ratio.</summary>
    private double High(double alpha, double times)
    {
        var (control, canary) = (ControlBad.Times(times), CanaryBad.Times(times));
        var difference = RateDifferenceSequence
            .Compare(control.Successes, control.Units, canary.Successes, canary.Units, OfDifference * alpha, Alternative.Less)
            .AsComputed?.Interval?.High;
        var ratio = EventRatio.Of(control.Successes, canary.Successes, Share).High(OfRatio * alpha);
        var most = RateConfidenceSequence.Of(control.Successes, control.Units, OfControl * alpha).AsComputed?.Interval?.High;
        return Math.Min(difference ?? 1, ratio is { } r && most is { } p ? Math.Max(0, r - 1) * p : 1);
    }

    private double Value(double bad) => IsLowerBetter ? bad : 1 - bad;
}
